import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { record } from '../../../functions/scoring/record.ts';
import { anActivity, shippedModel, trialSubmission } from '../../support/scoring.ts';

const context = {
  leadId: 'lead-1',
  email: 'ana@example.com',
  model: shippedModel,
  modelVersion: 'v1',
  timeZone: 'America/Sao_Paulo',
  now: '2026-03-02T12:30:00.000Z',
};

function recordAll(batches: readonly (readonly CapturedActivity[])[]): Lead {
  let lead: Lead | null = null;
  const seen = new Set<string>();
  for (const batch of batches) {
    // The ledger refuses an id it has: the store's part, played here by a set.
    const fresh = batch.filter(({ activityId }) => !seen.has(activityId) && seen.add(activityId));
    if (fresh.length > 0) lead = record(lead, fresh, context).lead;
  }
  if (!lead) throw new Error('no activity');
  return lead;
}

const at = (seconds: number) => new Date(Date.parse('2026-03-02T12:00:00.000Z') + seconds * 1000).toISOString();
const message = { messageId: 'm-1', sentAt: at(0) };

it('walks from a trial form to a hand-off: 30, 35, 45, 55 (S1, S4, S5, S6, S8, S13)', () => {
  const steps = [
    trialSubmission(),
    [anActivity('email.opened', { occurredAt: at(20), properties: message })],
    [
      anActivity('email.clicked', {
        occurredAt: at(30),
        properties: { ...message, link: 'https://example.com/p/pricing' },
      }),
    ],
    [anActivity('page.viewed', { occurredAt: at(40), properties: { path: '/pricing' } })],
  ];
  let lead: Lead | null = null;
  const seen = steps.map((step) => {
    const recording = record(lead, step, context);
    lead = recording.lead;
    return { total: lead.score.total, rating: lead.rating, qualified: recording.qualified };
  });
  expect(seen).toEqual([
    { total: 30, rating: 'warm', qualified: false },
    { total: 35, rating: 'warm', qualified: false },
    { total: 45, rating: 'warm', qualified: false },
    { total: 55, rating: 'hot', qualified: true },
  ]);
});

it('hands a consultation request over at once, whatever the score (§2.8)', () => {
  const asked = anActivity('form.submitted', {
    properties: { form: 'consultation', solution: true, explicitRequest: true },
  });
  const { lead, qualified } = record(null, [asked], context);
  expect(qualified).toBe(true);
  expect(lead.qualification).toMatchObject({ cycle: 1, reason: 'explicit-request', open: true });
  expect(lead.rating).toBe('hot');
});

it('begins no second cycle while one is open (I-H1)', () => {
  const ask = () => anActivity('chat.started');
  const first = record(null, [ask()], context);
  const second = record(first.lead, [ask()], context);
  expect([first.qualified, second.qualified]).toEqual([true, false]);
});

it('hands nobody over for the threshold alone: it takes a buying signal too (D1)', () => {
  const opens = Array.from({ length: 6 }, (_, n) =>
    anActivity('email.opened', { properties: { messageId: `m-${n}` } }),
  );
  const clicks = Array.from({ length: 6 }, (_, n) =>
    anActivity('email.clicked', { properties: { messageId: `m-${n}`, link: 'https://example.com/' } }),
  );
  const { lead, qualified } = record(null, [...opens, ...clicks], context);
  expect(lead.score.total).toBe(90);
  expect(qualified).toBe(false);
});

it('lets an old file start no hand-off, and a live activity after it start one (§2.22)', () => {
  const quiet = record(null, [anActivity('chat.started', { quiet: true })], context);
  expect(quiet.qualified).toBe(false);
  expect(record(quiet.lead, [anActivity('chat.started')], context).qualified).toBe(true);
});

it('never hands over somebody who complained', () => {
  const { lead } = record(null, trialSubmission(), context);
  const complained: Lead = { ...lead, suppressed: { reason: 'complaint', at: context.now } };
  expect(record(complained, [anActivity('chat.started')], context).qualified).toBe(false);
});

it('makes an MQL of a solution form and the pricing page in either order, and of neither alone (L2)', () => {
  const form = anActivity('form.submitted', { occurredAt: at(1), properties: { form: 'webinar', solution: true } });
  const page = anActivity('page.viewed', { occurredAt: at(9), properties: { path: '/pricing/teams' } });
  for (const order of [
    [form, page],
    [page, form],
  ])
    expect(recordAll(order.map((activity) => [activity])).milestones.mql?.occurredAt).toBe(at(9));
  expect(recordAll([[form]]).milestones.mql).toBeUndefined();
  expect(recordAll([[page]]).milestones.mql).toBeUndefined();
});

it('keeps a submission without consent, and counts no lead (A2)', () => {
  const { lead } = record(
    null,
    [anActivity('form.submitted', { properties: { form: 'ebook', funnelStage: 'TOFU' } })],
    context,
  );
  expect(lead.milestones).toEqual({ iql: expect.anything() });
  expect(lead.consent).toEqual({});
});

it('lets everything reached before count from the first consent on (A2)', () => {
  const form = (consents: CapturedActivity['consents']) =>
    anActivity('form.submitted', { properties: { form: 'ebook', funnelStage: 'TOFU' }, consents });
  const silent = record(null, [form([])], context);
  expect(silent.milestones).toEqual(['iql']);
  const granted = record(silent.lead, [form([{ purpose: 'marketing', status: 'granted', evidence: 'form' }])], context);
  expect([...granted.milestones].sort()).toEqual(['iql', 'lead']);
});

it('gives every milestone the first touch, also when that is heard of last (A5)', () => {
  const consents = [{ purpose: 'marketing' as const, status: 'granted' as const, evidence: 'form' }];
  const form = anActivity('form.submitted', { occurredAt: at(9), consents });
  const view = anActivity('page.viewed', { occurredAt: at(1), origin: { channel: 'paid', campaign: 'spring' } });
  const first = record(null, [form], context);
  const second = record(first.lead, [view], context);
  expect(second.milestones).toEqual(['lead']);
  expect(second.lead.origin.campaign).toBe('spring');
});

it('never lowers a consent by another submission, nor lifts a revocation by a form (I-C2)', () => {
  const submit = (status: 'granted' | 'denied') =>
    anActivity('form.submitted', { consents: [{ purpose: 'marketing', status, evidence: 'form' }] });
  const granted = record(null, [submit('granted')], context).lead;
  expect(record(granted, [submit('denied')], context).lead.consent.marketing?.status).toBe('granted');
  const revoked: Lead = { ...granted, consent: { marketing: { status: 'revoked', at: context.now } } };
  expect(record(revoked, [submit('granted')], context).lead.consent.marketing?.status).toBe('revoked');
});

it('pays an opened message once, however often it is opened (Q3), and up to the limit over all messages', () => {
  const twice = [1, 2].map((n) => anActivity('email.opened', { occurredAt: at(n), properties: message }));
  expect(recordAll([twice]).score.total).toBe(5);
  const many = Array.from({ length: 20 }, (_, n) =>
    anActivity('email.opened', { properties: { messageId: `m-${n}` } }),
  );
  expect(recordAll([many]).score.total).toBe(30);
});

it('keeps the item of a lead small, whatever strangers send', () => {
  const long = 'x'.repeat(2000);
  const many = Array.from({ length: 300 }, (_, n) => [
    anActivity('email.clicked', { properties: { messageId: `${long}${n}`, link: `https://example.com/${long}` } }),
    anActivity('appointment.cancelled', { properties: { subject: `${long}${n}` } }),
  ]).flat();
  const { held, score } = recordAll([many]);
  expect(JSON.stringify(held).length).toBeLessThan(20_000);
  expect(score.total).toBe(60 - 100 * 5);
});

it('gives the same score, milestones and attributes for any order and any repetition (I-S2, I-S3)', () => {
  const activity = fc.record({
    type: fc.constantFrom(
      'form.submitted',
      'list.subscribed',
      'email.opened',
      'email.clicked',
      'page.viewed',
      'trial.started',
      'appointment.booked',
      'appointment.cancelled',
      'email.unsubscribed',
      'chat.started',
    ),
    occurredAt: fc.integer({ min: 0, max: 5 * 86_400 }).map(at),
    properties: fc.record({
      path: fc.constantFrom('/pricing', '/', '/blog'),
      messageId: fc.integer({ min: 1, max: 12 }).map((n) => `m-${n}`),
      link: fc.constantFrom('https://example.com/a', 'https://example.com/b'),
      subject: fc.constantFrom('s-1', 's-2'),
      solution: fc.boolean(),
      funnelStage: fc.constantFrom('TOFU', 'BOFU'),
    }),
    attributes: fc.record({ name: fc.constantFrom('Ana', 'Bia'), company: fc.constantFrom('A', 'B') }),
  });
  const history = fc
    .array(activity, { minLength: 1, maxLength: 25 })
    .map((list) => list.map((given, n) => anActivity(given.type, { ...given, activityId: `activity-${n}-xxxx` })))
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
  fc.assert(
    fc.property(history, ([inOrder, shuffled]) => {
      const facts = ({ score, held, milestones: { sql, ...milestones }, attributes, origin, createdAt }: Lead) => ({
        score: { ...score, asOf: null },
        held: Object.entries(held).sort(),
        milestones,
        attributes,
        origin,
        createdAt,
      });
      expect(facts(recordAll(shuffled.map((one) => [one])))).toEqual(facts(recordAll([inOrder])));
    }),
    { numRuns: 500 },
  );
});
