import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../functions/leads/lead.ts';
import type { Asked } from '../../../functions/leads/predicate.ts';
import { exit } from '../../../functions/nurture/enrollment.ts';
import { enroll, mayEnroll, mayReenter, startedAt, startedBy } from '../../../functions/nurture/entering.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { aLead, monday } from '../../support/lead.ts';
import { anAsked, aRecorded, dayMs, sequences } from '../../support/nurture.ts';

const now = Date.parse(monday);
const [welcome] = sequences;
if (!welcome) throw new Error('the sequence of the tests is there');

describe('what starts a sequence', () => {
  const forms = Sequence.parse({
    ...welcome,
    entry: [{ activity: 'form.submitted', where: { form: ['ebook', 'trial'], solution: true } }, { milestone: 'mql' }],
  });
  it.each([
    [{ form: 'trial', solution: true }, true],
    [{ form: 'ebook', solution: true }, true],
    [{ form: 'trial', solution: false }, false],
    [{ form: 'demo', solution: true }, false],
    [{}, false],
  ])('N2 %j: %s', (properties, starts) => {
    expect(startedBy(aRecorded({ properties }), [forms]).length === 1).toBe(starts);
  });

  it('is the type of the activity too', () => {
    expect(startedBy(aRecorded({ type: 'page.viewed' }), sequences)).toEqual([]);
  });

  it('U3 may be how far the lead has come', () => {
    expect(startedAt('mql', [forms, welcome])).toEqual([forms]);
    expect(startedAt('sql', [forms, welcome])).toEqual([]);
  });

  it('Q10 is never a scanner: an open or a click begins something when it is a person’s', () => {
    const clicks = Sequence.parse({ ...welcome, entry: [{ activity: 'email.clicked' }] });
    const click = (by: 'human' | 'machine' | 'unsure') =>
      aRecorded({ type: 'email.clicked', verdict: { by, reasons: [] } });
    expect(startedBy(click('human'), [clicks])).toHaveLength(1);
    expect(startedBy(click('machine'), [clicks])).toEqual([]);
    expect(startedBy(click('unsure'), [clicks])).toEqual([]);
    expect(startedBy(aRecorded({ type: 'email.clicked' }), [clicks])).toEqual([]);
  });
});

describe('who may begin', () => {
  const at = { activityId: 'a', occurredAt: monday };
  const qualification = {
    cycle: 1,
    reason: 'threshold',
    activityId: 'a',
    score: 55,
    qualifiedAt: monday,
    open: true,
  } as const;
  it.each<[string, Lead, boolean]>([
    ['a lead who agreed', aLead(), true],
    ['nobody who only said nothing', aLead({ consent: {} }), false],
    ['nobody who has yet to confirm', aLead({ consent: { marketing: { status: 'pending', at: monday } } }), false],
    ['nobody who took it back', aLead({ consent: { marketing: { status: 'revoked', at: monday } } }), false],
    ['nobody suppressed', aLead({ suppressed: { reason: 'bounce', at: monday } }), false],
    ['nobody without a mailbox', aLead({ email: 'row-7@example.invalid' }), false],
    ['N13 nobody whom sales has', aLead({ qualification }), false],
    ['N13 nobody who has bought', aLead({ milestones: { customer: at } }), false],
  ])('%s', (_, lead, may) => {
    expect(mayEnroll(lead, welcome, anAsked(), now)).toBe(may);
  });

  const segment = {
    include: [{ attribute: 'country', is: { oneOf: ['BR', 'PT'] } }, { rating: 'hot' }],
    exclude: [{ activity: 'page.viewed', where: { path: { startsWith: '/jobs' } }, within: 'P30D' }],
  };
  const here = Sequence.parse({ ...welcome, segment });
  const jobs = aRecorded({ type: 'page.viewed', properties: { path: '/jobs/1' } });
  it.each<[string, Partial<Asked>, boolean]>([
    ['B4 one of the included countries', { attributes: { country: 'PT' } }, true],
    ['B4 no included country', { attributes: { country: 'US' } }, false],
    ['any of the included', { attributes: { country: 'US' }, rating: 'hot' }, true],
    ['none of the excluded', { attributes: { country: 'PT' }, history: [jobs] }, false],
  ])('by segment: %s', (_, asked, may) => {
    expect(mayEnroll(aLead(), here, anAsked(asked), now)).toBe(may);
  });
});

describe('who may begin again (Q22)', () => {
  const start = { version: 'v1', language: 'en', timeZone: 'UTC', now, last: null };
  const over = exit(enroll(aLead(), aRecorded(), welcome, start), 'goal', now);
  const again = aRecorded({ activityId: 'activity-2', occurredAt: new Date(now + dayMs).toISOString() });
  const after = Sequence.parse({ ...welcome, reentry: { after: 'P90D' } });
  it.each([
    ['once is once', welcome, again, 400, false],
    ['not before the time', after, again, 89, false],
    ['for another cause, after the time', after, again, 90, true],
    ['never for the same cause', after, aRecorded(), 400, false],
  ] as const)('%s', (_, sequence, cause, days, may) => {
    expect(mayReenter(over, sequence, cause, now + days * dayMs)).toBe(may);
  });

  it('always: as soon as the last is over, by what has ended it', () => {
    expect(mayReenter(over, Sequence.parse({ ...welcome, reentry: 'always' }), again, now)).toBe(true);
  });

  it('not while the walk goes on', () => {
    const under = enroll(aLead(), aRecorded(), after, start);
    expect(mayReenter(under, after, again, now + 400 * dayMs)).toBe(false);
  });
});
