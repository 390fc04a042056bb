import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldDay, shownGroups } from '../../../functions/metrics/fold-day.ts';
import { aHandoffRow, aMilestoneRow, anActivityRow, anyRow } from './day-rows.ts';

describe('folding a day', () => {
  it('gives the same figures for any order of the rows and any number of copies (T5, I-D1)', () => {
    const history = fc.array(anyRow, { maxLength: 60 }).chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.subarray(rows).map((copies) => [...copies, ...copies]),
      ),
    );
    fc.assert(
      fc.property(history, ([rows, shuffled, copies]) => {
        const once = JSON.stringify(foldDay(rows));
        expect(JSON.stringify(foldDay(shuffled))).toBe(once);
        expect(JSON.stringify(foldDay([...copies, ...shuffled]))).toBe(once);
      }),
    );
  });

  it('never counts more people than acts: sent, delivered and opened by people stay within their raw twins (I-D3)', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (rows) => {
        const { total } = foldDay(rows);
        expect(total.emailsOpened ?? 0).toBeLessThanOrEqual(total.emailsOpenedRaw ?? 0);
        expect(total.emailsClicked ?? 0).toBeLessThanOrEqual(total.emailsClickedRaw ?? 0);
        expect(total.clicksTotal ?? 0).toBeLessThanOrEqual(total.clicksTotalRaw ?? 0);
        expect(total.visitors ?? 0).toBeLessThanOrEqual(total.pageViews ?? 0);
      }),
    );
  });

  it('counts no milestone of somebody who permits no contact (A2)', () => {
    const rows = [aMilestoneRow('l1', 'iql', { counted: false }), aMilestoneRow('l2', 'iql', { counted: true })];
    expect(foldDay(rows).total.leadsIql).toBe(1);
  });

  it('counts a browser once however many pages it opens, also when its lead becomes known during the day (M3)', () => {
    const { total } = foldDay([
      anActivityRow('p1', 'page.viewed', { leadId: null, anonymousId: 'browser-1' }),
      anActivityRow('p2', 'page.viewed', { leadId: 'lead-1', anonymousId: 'browser-1' }),
      anActivityRow('p3', 'page.viewed', { leadId: null, anonymousId: 'browser-2' }),
    ]);
    expect(total).toEqual({ visitors: 2, pageViews: 3 });
  });

  it('counts leads by type from their milestones, and hand-offs by rep (M2)', () => {
    const { total, byRep } = foldDay([
      ...['lead', 'iql', 'mql', 'sql', 'trial', 'customer'].map((milestone) => aMilestoneRow('lead-1', milestone)),
      aMilestoneRow('lead-2', 'lead'),
      aHandoffRow('lead-1.1', 'ana'),
    ]);
    expect(total).toEqual({ leadsNew: 2, leadsIql: 1, leadsMql: 1, leadsSql: 1, leadsTrial: 1, handoffs: 1 });
    expect(byRep).toEqual([{ key: 'ana', counts: { handoffs: 1 } }]);
    // One that waits for somebody counts, and is nobody's yet.
    expect(foldDay([aHandoffRow('b.1', null)])).toMatchObject({ total: { handoffs: 1 }, byRep: [] });
  });

  it('tells mailboxes that do not exist from those that are full', () => {
    const { total } = foldDay([
      anActivityRow('b1', 'email.bounced', { properties: { messageId: 'm1', bounceType: 'Permanent' } }),
      anActivityRow('b2', 'email.bounced', { properties: { messageId: 'm2', bounceType: 'Transient' } }),
      anActivityRow('b3', 'email.bounced', { properties: { messageId: 'm3' } }),
    ]);
    expect(total).toEqual({ emailsBounced: 3, emailsHardBounced: 1 });
  });

  it('keeps what people did and what machines did apart (N11, Q9)', () => {
    const opened = (id: string, messageId: string, by: string) =>
      anActivityRow(id, 'email.opened', { properties: { messageId }, verdict: { by } });
    const clicked = (id: string, messageId: string, by: string) =>
      anActivityRow(id, 'email.clicked', { properties: { messageId }, verdict: { by } });
    const { total } = foldDay([
      opened('o1', 'm1', 'human'),
      opened('o2', 'm1', 'human'),
      opened('o3', 'm2', 'machine'),
      clicked('c1', 'm1', 'human'),
      clicked('c2', 'm1', 'human'),
      clicked('c3', 'm2', 'unsure'),
    ]);
    expect(total).toEqual({
      emailsOpened: 1,
      emailsOpenedRaw: 2,
      emailsClicked: 1,
      emailsClickedRaw: 2,
      clicksTotal: 2,
      clicksTotalRaw: 3,
    });
  });

  it('shows submissions that permit nothing, and does not guess about old ones (A2)', () => {
    const submitted = (id: string, properties: object) => anActivityRow(id, 'form.submitted', { properties });
    const { total } = foldDay([
      submitted('f1', { permits: [] }),
      submitted('f2', { permits: ['marketing'] }),
      submitted('f3', {}),
    ]);
    expect(total).toEqual({ formsSubmitted: 3, submissionsWithoutConsent: 1 });
  });

  it('counts by campaign and by source, and what has no origin as unknown (A5)', () => {
    const { byCampaign, bySource } = foldDay([
      aMilestoneRow('lead-1', 'lead', { origin: { channel: 'paid', campaign: 'spring', source: 'google' } }),
      aMilestoneRow('lead-2', 'lead', { origin: { channel: 'organic', campaign: 'spring' } }),
      aMilestoneRow('lead-3', 'lead'),
    ]);
    expect(byCampaign).toEqual([
      { key: 'spring', counts: { leadsNew: 2 } },
      { key: 'unknown', counts: { leadsNew: 1 } },
    ]);
    expect(bySource.map(({ key }) => key)).toEqual(['google', 'organic', 'unknown']);
  });

  it('stays small when somebody invents campaigns by the thousand', () => {
    const { byCampaign, total } = foldDay(
      Array.from({ length: 5000 }, (_, n) =>
        anActivityRow(`p${n}`, 'page.viewed', { anonymousId: `b${n}`, origin: { campaign: `c${n}` } }),
      ),
    );
    expect(byCampaign).toHaveLength(shownGroups + 1);
    expect(byCampaign.at(-1)).toEqual({ key: '(other)', counts: { pageViews: 4900, visitors: 4900 } });
    expect(total.pageViews).toBe(5000);
  });
});
