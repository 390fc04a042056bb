import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type EraseDeps, eraseLead } from '../../../functions/consent/erase-lead.ts';
import { erasureStore } from '../../../functions/consent/erasure.store.ts';
import { erasureVisitorStore } from '../../../functions/consent/erasure-visitor.store.ts';
import { audienceStore } from '../../../functions/handoff/audience.store.ts';
import { followActivity, reviewMember } from '../../../functions/handoff/follow-audiences.ts';
import { FollowUpPlan } from '../../../functions/handoff/follow-up-plan.ts';
import { answerAudiences } from '../../../functions/handoff/read-audiences.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import type { HttpAnswer } from '../../../functions/runtime/http.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest, bodyOf } from '../../support/http.ts';
import { aLead, monday } from '../../support/lead.ts';
import { aRecorded, dayMs } from '../../support/nurture.ts';
import { aFollowUpPlan } from '../../unit/handoff/a-follow-up-plan.ts';

const { leads: table } = await testTables({ stream: false });
const plan = FollowUpPlan.parse(aFollowUpPlan);
const audience = 'mql-retargeting';
const clock = { now: Date.parse(monday) };
const audiences = audienceStore(table);
const deps = { leads: leadStore(table, 'UTC'), audiences, plan, now: () => clock.now };
const erasure: EraseDeps = {
  erasures: erasureStore(table),
  visitors: erasureVisitorStore(table),
  pepper: async () => 'pepper',
  claimedUntil: async () => 0,
  wait: async () => {},
  newMask: () => 'mask',
  hasTime: () => true,
  now: () => clock.now,
};
const day = (days: number) => new Date(Date.parse(monday) + days * dayMs).toISOString();

async function put(lead: Partial<Lead> & { leadId: string }): Promise<void> {
  const email = `${lead.leadId}@example.com`;
  const Item = leadItem(aLead({ email, emailAsTyped: email, ...lead }));
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

function tell(leadId: string, activity: Partial<Activity>): Promise<void> {
  clock.now = Math.max(clock.now, Date.parse(activity.occurredAt ?? monday));
  return followActivity({ leadId, activity: aRecorded(activity), quiet: false }, deps);
}

async function join(leadId: string, days = 0, lead: Partial<Lead> = {}): Promise<void> {
  await put({ leadId, ...lead });
  await told(leadId, days);
}

function told(leadId: string, days: number): Promise<void> {
  return tell(leadId, {
    type: 'audience.joined',
    source: 'handoff',
    occurredAt: day(days),
    properties: { audience, leadType: 'mql' },
  });
}

async function member(leadId: string) {
  return (await audiences.of(leadId))[0] ?? null;
}

async function ask(what: string, query: Record<string, string> = {}): Promise<HttpAnswer> {
  const request = aRequest({ method: 'GET', path: `/api/audiences/${audience}/${what}`, params: { id: audience } });
  return answerAudiences({ ...request, query: new URLSearchParams(query) }, deps);
}

/** The rows of every page, without the line of names. */
async function exported(query: Record<string, string>): Promise<readonly string[]> {
  const rows: string[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask('export', { ...query, ...(cursor && { cursor }) });
    rows.push(...String(answer.body).trimEnd().split('\n').slice(1));
    cursor = answer.headers?.['x-next-cursor'];
  } while (cursor);
  return rows;
}

async function counts() {
  const found = await Promise.all(['a', 'b'].map((variant) => audiences.counts(audience, variant)));
  const sum = (name: 'members' | 'ever' | 'converted') => found.reduce((total, one) => total + one[name], 0);
  return { members: sum('members'), ever: sum('ever'), converted: sum('converted') };
}

describe('an audience', () => {
  it('has somebody once, however often it is told that they join', async () => {
    await join('twice');
    await told('twice', 0);
    await told('twice', 1);
    expect(await member('twice')).toMatchObject({ joinedAt: day(0), leftAt: null, ver: 1 });
    expect(await counts()).toEqual({ members: 1, ever: 1, converted: 0 });
    expect(await exported({ platform: 'meta' })).toHaveLength(1);
  });

  it('loses whoever takes the next step, and counts them once', async () => {
    await tell('twice', { type: 'appointment.booked', occurredAt: day(2) });
    await tell('twice', { type: 'deal.won', occurredAt: day(3) });
    expect(await member('twice')).toMatchObject({ because: 'converted', leftAt: day(2), convertedAt: day(2) });
    expect(await counts()).toEqual({ members: 0, ever: 1, converted: 1 });
    expect(await exported({ platform: 'meta' })).toEqual([]);
  });

  it('has them again when they join again, and nothing late puts them back', async () => {
    const before = await member('twice');
    await told('twice', 1);
    expect(await member('twice')).toEqual(before);
    await told('twice', 40);
    expect(await member('twice')).toMatchObject({ variant: before?.variant, joinedAt: day(40), leftAt: null });
    await tell('twice', { type: 'trial.started', occurredAt: day(41) });
    expect(await counts()).toEqual({ members: 1, ever: 1, converted: 1 });
  });

  it('never has who may not be shown advertisements', async () => {
    await join('silent', 0, { consent: {} });
    await join('suppressed', 0, { suppressed: { reason: 'bounce', at: monday } });
    expect(await member('silent')).toBeNull();
    expect(await member('suppressed')).toBeNull();
  });

  it('does not get who took the next step while it was told', async () => {
    await put({ leadId: 'quick' });
    const booked = aRecorded({ activityId: 'booked-at-once', type: 'appointment.booked', occurredAt: day(41) });
    const Item = { ...key.activity('quick', booked.activityId), byTime: `${day(41)}#x`, kind: 'activity', ...booked };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    clock.now = Date.parse(day(42));
    await told('quick', 40);
    expect(await member('quick')).toBeNull();
  });

  it('loses whoever sales gets, and whoever takes their permission back', async () => {
    await join('sold', 50);
    await put({
      leadId: 'sold',
      qualification: { cycle: 1, reason: 'threshold', activityId: 'x', score: 55, qualifiedAt: day(51), open: true },
    });
    await reviewMember('sold', deps);
    expect(await member('sold')).toMatchObject({ because: 'handed-off' });
    await tell('sold', { type: 'deal.won', source: 'handoff', occurredAt: day(60) });
    expect(await member('sold')).toMatchObject({ because: 'handed-off', convertedAt: day(60) });

    await join('changed', 50);
    await put({ leadId: 'changed', consent: { marketing: { status: 'revoked', at: day(52) } } });
    await tell('changed', { type: 'consent.changed', source: 'page', occurredAt: day(52) });
    expect(await member('changed')).toMatchObject({ because: 'no-consent' });
  });
});

describe('a file for a platform', () => {
  it('has nobody who has taken their permission back, though nobody was told yet', async () => {
    for (const leadId of ['stays', 'revokes', 'complains', 'moves-on']) await join(leadId, 60);
    const rows = await exported({ platform: 'tiktok' });
    await put({ leadId: 'revokes', consent: { marketing: { status: 'revoked', at: day(61) } } });
    // The suppression alone, without the mark on the lead.
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...key.suppression('complains'), kind: 'suppression', reason: 'complaint' },
      }),
    );
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: { ...key.lead('moves-on'), kind: 'alias', leadId: 'stays' } }),
    );
    expect(await member('revokes')).toMatchObject({ leftAt: null });
    const after = await exported({ platform: 'tiktok' });
    expect(rows.length - after.length).toBe(3);
  });

  it('comes in parts that together are the whole', async () => {
    const whole = await exported({ platform: 'google' });
    expect(whole.length).toBeGreaterThan(1);
    const parts = await exported({ platform: 'google', limit: '1' });
    expect(parts.toSorted()).toEqual(whole.toSorted());
    await expect(ask('export', { platform: 'google', cursor: 'eyJwayI6IkwjeCJ9' })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });

  it('is of one variant with the own columns of the platform, or of all with the variant', async () => {
    const [a, b, all] = await Promise.all([
      exported({ platform: 'meta', variant: 'a' }),
      exported({ platform: 'meta', variant: 'b' }),
      exported({ platform: 'meta' }),
    ]);
    expect([...a.map((row) => `${row},a`), ...b.map((row) => `${row},b`)].toSorted()).toEqual(all.toSorted());
    const { headers = {}, body } = await ask('export', { platform: 'meta', variant: 'a' });
    expect(String(body).split('\n')[0]).toBe('email,phone,fn,ln,country');
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="mql-retargeting-meta-a.csv"',
      'cache-control': 'no-store',
    });
  });

  it('says what is wrong with a wish', async () => {
    await expect(ask('export', { platform: 'myspace' })).rejects.toMatchObject({ status: 400, path: 'platform' });
    await expect(ask('export', { platform: 'meta', variant: 'z' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('the result of a variant', () => {
  it('has each lead once, with an interval, and no verdict of a few', async () => {
    const body = bodyOf(await ask('results'));
    expect(body).toMatchObject({
      audience,
      joinedBy: [{ leadType: 'mql', after: 'P14D' }],
      variants: [
        { variant: 'a', verdict: null, difference: null },
        { variant: 'b', verdict: 'not enough data' },
      ],
    });
  });
});

it('keeps nothing of somebody who is erased, and does not get them back', async () => {
  await join('erased', 70);
  const before = await counts();
  await eraseLead('erased', erasure);
  expect(await member('erased')).toBeNull();
  expect((await counts()).members).toBe(before.members - 1);
  await told('erased', 71);
  expect(await member('erased')).toBeNull();
});
