import { describe, expect, it } from 'vitest';
import { homePage } from '../../../functions/web/home-page.ts';
import { reviewPage } from '../../../functions/web/review-page.ts';
import { aHomePageView, anActivation, aReview, aReviewPageView, frame } from './sample-pages.ts';

describe('the page of leads to review (T4)', () => {
  it('shows each with the score before and after, and both decisions', () => {
    const page = reviewPage(aReviewPageView());
    expect(page).toMatch(/35<\/span>.*<strong>55<\/strong>/);
    for (const decision of ['hand-over', 'leave'])
      expect(page).toMatch(
        new RegExp(`name="decision" value="${decision}" formaction="/api/reviews/abcdefghijklmnop"`),
      );
    expect(page).toMatch(/<form class="stack" action="\/api\/reviews" method="post">/);
  });

  it('decides nothing when somebody presses Enter beside their name', () => {
    expect(/<button[^>]*>/.exec(reviewPage(aReviewPageView()))?.[0]).toBe('<button disabled hidden>');
  });

  it('says what became of a decision, and remembers who decides', () => {
    const told = (decision: 'leave' | 'hand-over') => {
      const decided = { decision, author: 'Marta "M"', at: '2026-11-23T17:20:00.000Z' };
      return reviewPage(aReviewPageView({ decided: { leadId: 'abcdefghijklmnop', leadName: 'Ana', decided } }));
    };
    expect(told('hand-over')).toContain('<a href="/leads/abcdefghijklmnop">Ana</a> is handed to sales.');
    expect(told('leave')).toMatch(/Ana<\/a> is left where they are: sales gets them when they ask.*below 40\./);
    expect(told('leave')).toContain('value="Marta &quot;M&quot;"');
    expect(reviewPage(aReviewPageView({ decided: 'all' }))).toContain('Done.');
    expect(reviewPage(aReviewPageView())).not.toContain('class="callout');
  });

  it('says what leaving means, with somebody to leave and without', () => {
    for (const rows of [[], [{ review: aReview(), leadName: 'Ana' }]])
      expect(reviewPage(aReviewPageView({ rows }))).toContain('again after falling below 40.');
  });

  it('says when leads come here, as long as there are none', () => {
    const page = reviewPage(aReviewPageView({ rows: [] }));
    expect(page).toContain('Nobody waits for you');
    expect(page).not.toContain('<form');
  });

  it('escapes names', () => {
    const rows = [{ review: aReview(), leadName: '"><script>alert(1)</script>' }];
    expect(reviewPage(aReviewPageView({ rows }))).not.toContain('<script>alert');
  });

  it('has a place in the navigation only while there is something to do', () => {
    const home = (toReview: boolean) => homePage(aHomePageView({ frame: { ...frame, toReview } }));
    expect(home(true)).toContain('href="/review"');
    expect(home(false)).not.toContain('href="/review"');
  });
});

describe('the home page', () => {
  it('says how many leads only the playbook has brought over the threshold', () => {
    const home = (count: number, atLeast = false) => homePage(aHomePageView({ toReview: { count, atLeast } }));
    expect(home(0)).not.toContain('only since the playbook changed');
    expect(home(1)).toContain('1 lead is over the threshold only since the playbook changed');
    expect(home(100, true)).toContain('100 or more leads are over the threshold');
  });

  it('shows how far a re-scoring is, as long as it goes on', () => {
    const home = (parts = {}) => homePage(aHomePageView({ activation: anActivation(parts) }));
    expect(home()).toMatch(/1,240 of 2,000 done.*<progress aria-labelledby="rescoring" max="2000" value="1240">/s);
    expect(home({ pass: 2 })).toMatch(/1,200 done.*<progress aria-labelledby="rescoring">/s);
    expect(home({ total: 0 })).toContain('<progress aria-labelledby="rescoring">');
    expect(home({ status: 'done' })).not.toContain('<progress');
  });
});
