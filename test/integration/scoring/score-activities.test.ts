import { beforeEach, expect, it } from 'vitest';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import { LeadQualified } from '../../../functions/leads/bus-event.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { linkIdOf } from '../../../functions/leads/link-id.ts';
import { LinkKeys } from '../../../functions/leads/link-token.ts';
import { visitorStore } from '../../../functions/leads/visitor.store.ts';
import { queryAll } from '../../../functions/runtime/query-all.ts';
import { explainLead } from '../../../functions/scoring/explain-lead.ts';
import { refold } from '../../../functions/scoring/record.ts';
import { personOf, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead } from '../../support/lead.ts';
import { testLinkKeys } from '../../support/link-keys.ts';
import { anActivity, compiledShippedModel, trialSubmission } from '../../support/scoring.ts';
import { deployModel } from '../../support/stored-model.ts';

const { leads: table } = await testTables();
const timeZone = 'America/Sao_Paulo';
const deps = {
  leads: leadStore(table, timeZone),
  visitors: visitorStore(table, timeZone),
  models: await deployModel(table, compiledShippedModel),
  suppressions: suppressionStore(table),
  pepper: async () => 'pepper',
  linkKeys: async () => testLinkKeys,
  now: () => Date.parse('2026-03-02T13:00:00.000Z'),
};

let email = '';
let serial = 0;
beforeEach(() => {
  serial += 1;
  email = `person-${serial}@example.com`;
});

const theirs = (activities: readonly CapturedActivity[]) =>
  activities.map((one) => ({ ...one, subject: { ...one.subject, email } }));
const leadId = () => leadIdOf(email, 'pepper');

async function score(...captured: readonly CapturedActivity[]): Promise<void> {
  for (const one of captured) await scoreActivities([one], await personOf(one, deps), deps);
}

it('records a batch in one transaction, and the same batch again changes nothing (I-S2)', async () => {
  const batch = theirs(trialSubmission());
  await scoreActivities(batch, `L#${leadId()}`, deps);
  const once = await deps.leads.get(leadId());
  await scoreActivities([...batch, ...batch], `L#${leadId()}`, deps);
  expect(await deps.leads.get(leadId())).toEqual(once);
  expect(once?.score.total).toBe(30);
  expect((await deps.leads.history(leadId())).length).toBe(3);
});

it('loses nothing to 64 writers on one lead, and hands over once per crossing (I-S4, I-H1)', async () => {
  const views = Array.from({ length: 30 }, (_, n) =>
    anActivity('page.viewed', {
      occurredAt: `2026-02-${String((n % 20) + 1).padStart(2, '0')}T12:00:00.000Z`,
      properties: { path: '/pricing' },
    }),
  );
  const mail = Array.from({ length: 31 }, (_, n) =>
    anActivity(n % 2 ? 'email.opened' : 'email.clicked', {
      occurredAt: `2026-03-02T${String(n % 12).padStart(2, '0')}:00:00.000Z`,
      properties: { messageId: `m-${n % 7}`, link: `https://example.com/${n}` },
    }),
  );
  const all = theirs([...trialSubmission(), ...views, ...mail]);
  expect(all).toHaveLength(64);
  await Promise.all(all.map((one) => score(one)));
  const lead = await deps.leads.get(leadId());
  const history = await deps.leads.history(leadId());
  expect(history).toHaveLength(all.length);
  const { lead: refolded, holders } = refold(lead ?? aLead(), history, compiledShippedModel, deps.now());
  expect(lead?.fold).toEqual(refolded.fold);
  expect(await deps.leads.holders(leadId(), 'v1', Object.keys(holders))).toEqual(holders);
  expect(lead?.qualification?.cycle).toBe(1);
  const told = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :outbox)',
    ExpressionAttributeValues: { ':pk': `L#${leadId()}`, ':outbox': 'O#' },
  });
  expect(told.map(({ detailType }) => detailType)).toEqual(['LeadQualified']);
}, 60_000);

it('explains every point: the sum from the ledger is the stored total (T1)', async () => {
  await score(...theirs([...trialSubmission(), anActivity('email.unsubscribed')]));
  const explanation = await explainLead(leadId(), deps);
  expect(explanation?.total).toBe(5);
  expect(explanation?.sum).toBe(5);
  expect(explanation?.entries.map(({ rule, contribution }) => `${contribution} ${rule}`)).toContain(
    '-25 unsubscribed from the e-mail list',
  );
});

it('counts what a visitor did before saying who they are, and after (A8, identity)', async () => {
  const anonymousId = `visitor-${serial}`;
  const view = (occurredAt: string) =>
    anActivity('page.viewed', { occurredAt, subject: { anonymousId }, properties: { path: '/pricing' } });
  await score(view('2026-03-01T12:00:00.000Z'));
  expect(await deps.leads.get(leadId())).toBeNull();
  const [form] = trialSubmission();
  if (form) await score({ ...form, subject: { email, anonymousId } });
  await score(view('2026-03-02T12:30:00.000Z'));
  expect((await deps.leads.history(leadId())).map(({ type }) => type)).toEqual([
    'page.viewed',
    'form.submitted',
    'page.viewed',
  ]);
  // The look of the day before has lost a tenth.
  expect((await deps.leads.get(leadId()))?.score.total).toBe(19.9);
});

it('loses nothing of a visitor who is being identified at this very moment: it comes back', async () => {
  const anonymousId = `visitor-${serial}`;
  await deps.visitors.identify(`a:${anonymousId}`, leadId(), ['2026-03-02T12:00:00.000Z']);
  const view = anActivity('page.viewed', { subject: { anonymousId }, properties: { path: '/pricing' } });
  await expect(score(view)).rejects.toThrow('not stored yet');
  await score(...theirs([anActivity('visitor.identified')]), view);
  expect((await deps.leads.get(leadId()))?.score.total).toBe(10);
});

it('promises a visitor to no lead that will not be: their pages wait on', async () => {
  const anonymousId = `visitor-${serial}`;
  const opened = anActivity('email.opened', { subject: { email, anonymousId }, properties: { messageId: 'm-9' } });
  await score(opened, anActivity('page.viewed', { subject: { anonymousId }, properties: { path: '/pricing' } }));
  expect(await deps.visitors.leadOf(`a:${anonymousId}`, '2026-03-02T12:00:00.000Z')).toBeNull();
  expect(await deps.visitors.waiting(`a:${anonymousId}`)).toHaveLength(1);
});

it('counts news of mail that was here before the lead, in any order (I-S3)', async () => {
  const [sent, opened, view] = theirs([
    anActivity('email.delivered', { properties: { messageId: 'm-9' } }),
    anActivity('email.opened', { properties: { messageId: 'm-9' } }),
    anActivity('page.viewed', { properties: { path: '/pricing' } }),
  ]);
  if (!sent || !opened || !view) throw new Error('three activities');
  await score(sent, opened);
  expect(await deps.leads.get(leadId())).toBeNull();
  await score(view);
  expect((await deps.leads.get(leadId()))?.score.total).toBe(15);
  expect(await deps.leads.history(leadId())).toHaveLength(3);
  expect(await deps.visitors.waiting(`m:${leadId()}`)).toEqual([]);
  await score(opened, view);
  expect(await deps.leads.history(leadId())).toHaveLength(3);
});

it('fits a flood of one person’s forms into transactions', async () => {
  const consents = (['marketing', 'sales-contact'] as const).map((purpose) => ({
    purpose,
    status: 'denied' as const,
    evidence: 'answered no',
  }));
  const forms = theirs(Array.from({ length: 60 }, () => anActivity('form.submitted', { consents })));
  await scoreActivities(forms, `L#${leadId()}`, deps);
  expect(await deps.leads.history(leadId())).toHaveLength(60);
});

it('makes no lead of an address that only mail events speak of', async () => {
  await score(...theirs([anActivity('email.opened', { properties: { messageId: 'm-9' } })]));
  expect(await deps.leads.get(leadId())).toBeNull();
});

it('begins as suppressed as the person was before they were a lead (I-C1, I-H2)', async () => {
  const causeId = `complaint-${serial}`;
  const at = '2026-03-02T11:00:00.000Z';
  await deps.suppressions.suppress({ leadId: leadId(), reason: 'complaint', at, causeId, evidence: 'told by SES' });
  await score(...theirs([...trialSubmission(), anActivity('chat.started')]));
  expect(await deps.leads.get(leadId())).toMatchObject({
    suppressed: { reason: 'complaint', at },
    consent: { marketing: { status: 'revoked' } },
    qualification: null,
  });
});

it('clears a click that SES doubts when its page is read, whichever comes first, and by no other link (T6)', async () => {
  const linkId = linkIdOf(
    { leadId: leadId(), sequence: 'welcome', run: 'r', step: 1, link: 1 },
    LinkKeys.parse(JSON.parse(testLinkKeys)),
  );
  const [form, click, forged, read] = [
    ...theirs([
      anActivity('form.submitted'),
      anActivity('email.clicked', {
        occurredAt: '2026-03-02T12:10:00.000Z',
        source: 'ses',
        properties: { messageId: 'm-1', link: 'https://orchard.example/p/pricing', linkId, isBotEvent: 'Likely' },
      }),
    ]),
    ...[`${linkId.slice(0, -1)}_`, linkId].map((id) =>
      anActivity('page.viewed', {
        occurredAt: '2026-03-02T12:11:00.000Z',
        source: 'tracker',
        subject: { anonymousId: `reader-${serial}` },
        properties: { path: '/blog', linkId: id },
      }),
    ),
  ];
  if (!form || !click || !forged || !read) throw new Error('four activities');
  const verdict = async () =>
    (await deps.leads.history(leadId())).find(({ type }) => type === 'email.clicked')?.verdict;
  await score(form, click, forged);
  expect((await verdict())?.by).toBe('machine');
  await score(read);
  expect(await verdict()).toEqual({ by: 'human', reasons: ['they then read the page'] });
  expect((await deps.leads.get(leadId()))?.score.total).toBe(10);
});

it('knows what a visitor said of themselves before they said who they are', async () => {
  const anonymousId = `shy-${serial}`;
  await score(anActivity('visitor.identified', { subject: { anonymousId }, attributes: { industry: 'Retail' } }));
  await score(anActivity('form.submitted', { subject: { email, anonymousId } }));
  expect((await deps.leads.get(leadId()))?.attributes).toEqual({ industry: 'Retail' });
});

it('hands over a lead with thousands of reasons: sales is told the strongest', async () => {
  const cancelled = theirs(
    Array.from({ length: 4000 }, (_, n) => anActivity('appointment.cancelled', { properties: { subject: `s-${n}` } })),
  );
  await scoreActivities(cancelled, `L#${leadId()}`, deps);
  await score(...theirs([...trialSubmission(), anActivity('chat.started')]));
  expect((await deps.leads.get(leadId()))?.qualification).toMatchObject({ reason: 'explicit-request', open: true });
  const [told] = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :outbox)',
    ExpressionAttributeValues: { ':pk': `L#${leadId()}`, ':outbox': 'O#' },
  });
  const { reasons } = LeadQualified.detail.parse(told?.detail);
  expect(reasons).toHaveLength(50);
  expect(reasons.some(({ points }) => points === 25)).toBe(true);
}, 60_000);
