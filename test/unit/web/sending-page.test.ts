import { describe, expect, it } from 'vitest';
import { homePage } from '../../../functions/web/home-page.ts';
import { sendingPage } from '../../../functions/web/sending-page.ts';
import { aHomePageView, frame, inPortuguese } from './sample-pages.ts';
import { aSendingPageView, aSendingView, aTrouble } from './sample-sending.ts';

const now = '2026-11-23T17:20:00.000Z';
const paused = { paused: 'marketing', by: 'Ripen', reason: 'too many addresses do not exist', at: now } as const;

describe('the sending page', () => {
  it('says that mail goes out, and offers to hold it back with a name and a reason', () => {
    const page = sendingPage(aSendingPageView());
    expect(page).toContain('<strong>E-mail goes out.</strong>');
    expect(page).toMatch(/<form[^>]* action="\/api\/sending" method="post">/);
    expect(page).toContain('name="pause" value="marketing">Pause marketing e-mail');
    expect(page).toContain('name="pause" value="all">Pause all e-mail');
    expect(page).not.toContain('name="pause" value="nothing"');
  });

  it('says why it does not, who held it back, and that nothing is lost', () => {
    const page = sendingPage(aSendingPageView({ sending: aSendingView(paused), changed: true }));
    expect(page).toMatch(/Noted\. <strong>Marketing e-mail is paused\./);
    expect(page).toContain('Ripen: too many addresses do not exist');
    expect(page).toContain('nothing is lost');
    expect(page).toContain('class="primary" name="pause" value="nothing"');
  });

  it('lets each paused sequence go again by a press of its own', () => {
    const page = sendingPage(aSendingPageView({ sending: aSendingView({ sequences: ['trial-upgrade'] }) }));
    expect(page).toContain('formaction="/api/sequences/trial-upgrade/resume">Let “Trial upgrade” go again');
  });

  it('pauses nothing when somebody presses Enter in a field', () => {
    expect(/<button[^>]*>/.exec(sendingPage(aSendingPageView()))?.[0]).toBe('<button disabled hidden>');
  });

  it('T16 says of how many messages nobody knows whether they arrived, and what was given up', () => {
    const text = (feedback: ReturnType<typeof aSendingView>['feedback']) =>
      sendingPage(aSendingPageView({ sending: aSendingView({ feedback }) }));
    expect(text({ overdue: 0, oldestSentAt: null, latest: null })).toContain('it is known whether it arrived');
    const latest = { at: now, overdue: 9, asked: 1, found: 0, unknown: 7, closed: 'AccessDeniedException' };
    const page = text({ overdue: 2, oldestSentAt: now, latest });
    expect(page).toContain('Messages of which nobody knows whether they arrived: 2');
    expect(page).toContain('Given up after three days: 7');
    expect(page).toContain('Virtual Deliverability Manager');
  });

  it('shows what is used of the day, how a domain warms up, and how far the limits are', () => {
    const page = sendingPage(aSendingPageView());
    expect(page).toContain('45,100 of 50,000');
    expect(page).toContain('Day 3: 120 of 250 marketing e-mails');
    expect(page).toContain('41 of 1,000: 4.1 %');
    expect(page).toContain('(marketing pauses at 0.08 %)');
    const unlimited = { max24Hour: -1, sent24Hour: 12, maxSendRate: 14, asOf: now };
    expect(sendingPage(aSendingPageView({ sending: aSendingView({ quota: unlimited }) }))).toContain(
      '12, without a limit',
    );
  });

  it('I-M3 lists each message to look at, with what to do about it', () => {
    const page = sendingPage(
      aSendingPageView({
        rows: [
          { message: aTrouble(), leadName: '"><script>alert(1)</script>' },
          { message: aTrouble({ status: 'failed', reason: 'template' }), leadName: 'Bo' },
          { message: aTrouble({ status: 'failed', reason: 'MessageRejected', purpose: 'team' }), leadName: null },
        ],
      }),
    );
    expect(page).toContain('Nobody knows whether it arrived');
    expect(page).toContain('could not be written for this person');
    expect(page).toContain('SES did not take it');
    expect(page).toContain('The team');
    expect(page).not.toContain('<script>alert');
    expect(sendingPage(aSendingPageView({ rows: [] }))).toContain('Every message was sent');
  });

  it('lists who has stopped our notices, and lets each go again with a name and a reason', () => {
    const silent = [{ id: 'team-abc', name: 'Rita <b>Dias</b>', email: 'r•••@orchard.example', at: now }];
    const page = sendingPage(aSendingPageView({ sending: aSendingView({ silent }) }));
    expect(page).toContain('Colleagues who get no notices');
    expect(page).toContain('name="colleague" value="team-abc"');
    expect(page).toContain('r•••@orchard.example');
    expect(page).not.toContain('<b>Dias');
    expect(sendingPage(aSendingPageView())).not.toContain('Colleagues who get no notices');
  });

  it('speaks Portuguese', () => {
    const page = sendingPage(aSendingPageView({ frame: inPortuguese, sending: aSendingView(paused) }));
    expect(page).toContain('Os e-mails de marketing estão em pausa.');
    expect(page).toContain('41 de 1.000: 4,1 %');
  });
});

it('every other page says when mail is held back', () => {
  const home = (held?: 'marketing') => homePage(aHomePageView({ frame: { ...frame, ...(held && { paused: held }) } }));
  expect(home('marketing')).toContain('Marketing e-mail is paused. <a href="/sending">See why</a>');
  expect(home()).not.toContain('See why');
});
