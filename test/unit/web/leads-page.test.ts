import { describe, expect, it } from 'vitest';
import { leadsPage } from '../../../functions/web/leads-page.ts';
import { aLeadsPageView, aLeadView } from './sample-pages.ts';

describe('the list of leads', () => {
  it('sends a newcomer to the first form', () => {
    expect(leadsPage(aLeadsPageView({ leads: [] }))).toContain('href="/p/trial"');
  });

  it('tells an empty search from an empty installation', () => {
    const page = leadsPage(aLeadsPageView({ leads: [], filter: { email: '"><script>x</script>' } }));
    expect(page).toContain('Nobody matches');
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
  });

  it('keeps the filter when it turns the page', () => {
    const page = leadsPage(aLeadsPageView({ cursor: 'a&b', filter: { rating: 'hot' } }));
    expect(page).toContain('href="/leads?rating=hot&amp;cursor=a%26b"');
    expect(page).toContain('<option value="hot" selected>');
  });

  it('calls a lead without a name by the address', () => {
    const page = leadsPage(aLeadsPageView({ leads: [aLeadView({ name: null, email: 'x@example.com' })] }));
    expect(page).toMatch(/class="row-link"[^>]*>x@example\.com</);
  });

  it('shows a negative score with a true minus', () => {
    const score = { total: -10.5, fit: 0, engagement: -10.5, asOf: '2026-11-23T17:20:00.000Z' };
    expect(leadsPage(aLeadsPageView({ leads: [aLeadView({ score })] }))).toContain('<strong>−10.5</strong>');
  });

  it('lets a long campaign name break, so that it pushes no column out of sight', () => {
    expect(leadsPage(aLeadsPageView())).toContain('<td class="source-cell" data-column="Source">paid / spring</td>');
  });
});
