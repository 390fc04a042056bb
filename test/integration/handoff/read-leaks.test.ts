import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { leaksStore } from '../../../functions/handoff/leaks.store.ts';
import { type LeakReport, readLeaks } from '../../../functions/handoff/read-leaks.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import { localDay } from '../../../functions/leads/calendar.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { dayKeys, key } from '../../../functions/leads/table.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRecorded, dayMs } from '../../support/nurture.ts';
import { monday } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables({ stream: false });
const room = aSalesRoom(table);
const zone = 'America/Sao_Paulo';
const at = (days: number) => new Date(Date.parse(monday) + days * dayMs).toISOString();
const deps = {
  leaks: leaksStore(table),
  leads: leadStore(table, zone),
  timeZone: zone,
  knowsPricing: true,
  now: room.deps.now,
};

/** Somebody who became an MQL so many days after the first Monday. */
async function anMql(leadId: string, days: number, given: Partial<Lead> = {}): Promise<void> {
  const occurredAt = at(days);
  const mql = { activityId: `mql-of-${leadId}`, occurredAt };
  await room.add({
    leadId,
    attributes: { name: leadId },
    milestones: { lead: mql, mql },
    qualification: null,
    ...given,
  });
  const day = localDay(occurredAt, zone);
  const row = { kind: 'milestone', milestone: 'mql', leadId, counted: true, day, recordedAt: occurredAt, ...mql };
  await put({ ...key.milestone(leadId, 'mql'), ...dayKeys(day, occurredAt, leadId), ...row });
}

async function put(Item: Record<string, unknown>): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

async function did(leadId: string, days: number, activity: Partial<Activity>): Promise<void> {
  const row = aRecorded({ activityId: `${leadId}-${days}`, occurredAt: at(days), ...activity });
  const byTime = `${row.occurredAt}#${row.activityId}`;
  await put({ ...key.activity(leadId, row.activityId), kind: 'activity', byTime, ...row });
}

function report(query: Record<string, string> = {}): Promise<LeakReport> {
  return readLeaks(new URLSearchParams(query), deps);
}

const causes = ({ leaks, underWay }: LeakReport) =>
  Object.fromEntries(
    [...leaks, ...underWay].map(({ cause, reason, leads }) => [[cause, reason].filter(Boolean).join(' '), leads]),
  );

const days = { from: localDay(at(0), zone), to: localDay(at(10), zone) };

describe('the leak report', () => {
  it('gives each of them one cause, and names people to look at', async () => {
    for (const leadId of ['silent', 'quiet', 'gone']) await anMql(leadId, 1);
    await anMql('curious', 1);
    await did('curious', 5, { type: 'page.viewed', source: 'tracker', properties: { path: '/' } });
    await anMql('buyer', 2, {
      milestones: { mql: { activityId: 'x', occurredAt: at(2) }, customer: { activityId: 'y', occurredAt: at(9) } },
    });
    room.clock.now = Date.parse(at(3));
    const qualification = {
      cycle: 1,
      reason: 'threshold',
      activityId: 'a',
      score: 55,
      qualifiedAt: at(3),
      open: true,
    } as const;
    for (const leadId of ['refused', 'forgotten']) {
      await anMql(leadId, 3, { qualification });
      await room.handOff(leadId);
    }
    await room.answer('refused', { answer: 'reject', reason: 'not-ready' });
    room.clock.now = Date.parse(at(60));
    const found = await report(days);
    expect(found).toMatchObject({ stage: 'mql', goal: 'customer', leads: 7, wentOn: 1, underWay: [] });
    expect(causes(found)).toEqual({ 'no-engagement': 3, 'no-pricing': 1, 'rejected not-ready': 1, 'no-follow-up': 1 });
    expect(found.leaks[0]).toMatchObject({ cause: 'no-engagement', leads: 3, share: 3 / 7 });
    expect(found.leaks[0]?.examples.map(({ name }) => name).toSorted()).toEqual(['gone', 'quiet', 'silent']);
  });

  it('leaves out who permits no contact, and who is erased', async () => {
    const before = await report(days);
    await anMql('uncounted', 1);
    await put({
      ...key.milestone('uncounted', 'mql'),
      ...dayKeys(days.from, at(1), 'uncounted'),
      kind: 'milestone',
      milestone: 'mql',
      leadId: 'uncounted',
      counted: false,
      occurredAt: at(1),
    });
    await anMql('erased', 1);
    await put({ ...key.lead('erased'), kind: 'erased', at: at(2), ver: 2 });
    expect(await report(days)).toEqual(before);
  });

  it('looks at the last 31 days unless it is asked for others, in the days of the account', async () => {
    expect(await report()).toMatchObject({ to: localDay(at(60), zone), from: localDay(at(30), zone), leads: 0 });
    expect((await report({ from: days.from, to: days.from })).leads).toBe(0);
    expect((await report({ ...days, to: localDay(at(1), zone) })).leads).toBe(4);
  });

  it('has another patience with sales when it is asked to', async () => {
    expect(causes(await report({ ...days, noFollowUpDays: '90' }))).toMatchObject({ 'with-sales': 1 });
  });

  it.each([
    [{ from: '2026-03-09', to: '2026-03-02' }, 'bad-range'],
    [{ from: '2026-01-01', to: '2026-03-02' }, 'range-too-long'],
    [{ from: 'yesterday' }, 'bad-query'],
    [{ stage: 'sql', goal: 'mql' }, 'bad-goal'],
    [{ stage: 'customer' }, 'bad-query'],
    [{ noFollowUpDays: '0' }, 'bad-query'],
  ])('says what is wrong with %j', async (query, code) => {
    await expect(report(query)).rejects.toMatchObject({ status: 400, code });
  });

  it('asks for fewer days rather than look at more than ten thousand', async () => {
    const leaks = {
      ...deps.leaks,
      async *reached() {
        yield Array.from({ length: 10_001 }, (_, n) => ({ leadId: String(n), occurredAt: at(0) }));
      },
    };
    await expect(readLeaks(new URLSearchParams(days), { ...deps, leaks })).rejects.toMatchObject({
      code: 'too-many-leads',
    });
  });
});
