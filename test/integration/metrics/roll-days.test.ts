import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { sequenceDayStore } from '../../../functions/leads/sequence-day.store.ts';
import { dayKeys, key } from '../../../functions/leads/table.ts';
import { dayIndexStore } from '../../../functions/metrics/day-index.store.ts';
import { type RollDeps, rollDays } from '../../../functions/metrics/roll-days.ts';
import { snapshotStore } from '../../../functions/metrics/snapshot.store.ts';
import { testTables } from '../../support/dynamodb.ts';

const { leads, metrics } = await testTables();
const zone = 'America/Sao_Paulo';
const changes = changeStore(leads);
const minute = { rebuild: false };

let now = 0;
const deps: RollDeps = {
  index: dayIndexStore(leads),
  snapshots: snapshotStore(metrics),
  sequences: sequenceDayStore(metrics),
  timeZone: zone,
  modelVersion: 'v1',
  now: () => now,
};

// Each test lives in a year of its own, so that none sees another's days.
let year = 2020;
let day = '';
beforeEach(async () => {
  for (const { day } of await deps.index.changedDays())
    await leads.client.send(new DeleteCommand({ TableName: leads.name, Key: key.changedDay(day) }));
  year += 1;
  day = `${year}-06-10`;
  now = Date.parse(`${day}T15:00:00.000Z`);
});

const iso = (instant: number) => new Date(instant).toISOString();
const later = (minutes: number) => {
  now += minutes * 60_000;
};

/** A new lead of that day, as the scoring room stores the fact and the stream door marks it. */
async function aNewLead(leadId: string, on = day): Promise<void> {
  const Item = {
    ...key.milestone(leadId, 'lead'),
    ...dayKeys(on, iso(now), `${leadId}#lead`),
    kind: 'milestone',
    milestone: 'lead',
    leadId,
    day: on,
    recordedAt: iso(now),
    origin: { channel: 'organic', campaign: 'spring' },
  };
  await leads.client.send(new PutCommand({ TableName: leads.name, Item }));
  await changes.markDays([on], iso(now));
}

async function leadsNew(on = day): Promise<{ revision?: number | undefined; leads?: number | undefined }> {
  const snapshot = await deps.snapshots.latest(on);
  return { revision: snapshot?.revision, leads: snapshot?.metrics.leadsNew?.numerator };
}

describe('rolling the days', () => {
  it('counts what has come, once, and writes nothing when no figure differs', async () => {
    await aNewLead(`lead-${day}`);
    expect((await rollDays(minute, deps)).restated).toEqual([day]);
    expect(await leadsNew()).toEqual({ revision: 1, leads: 1 });
    expect((await rollDays(minute, deps)).restated).toEqual([]);
    expect(await deps.snapshots.latest(day)).toMatchObject({
      day,
      timeZone: zone,
      closed: false,
      modelVersion: 'v1',
      watermark: iso(now),
      byCampaign: [{ key: 'spring', metrics: { leadsNew: 1 } }],
    });
  });

  it('counts a changed day again a minute later, when the index has surely followed, then rests until the day can be closed', async () => {
    await aNewLead(`lead-${day}`);
    expect((await rollDays(minute, deps)).idleUntil).toBe(iso(now + 60_000));
    later(1);
    const { idleUntil } = await rollDays(minute, deps);
    expect(await deps.index.changedDays()).toEqual([]);
    // Midnight at São Paulo is 03:00 UTC; ten minutes of grace.
    expect(idleUntil).toBe(`${day.slice(0, 8)}11T03:10:00.000Z`);
  });

  it('keeps a mark that was renewed while the day was being counted', async () => {
    await aNewLead(`lead-${day}`);
    const [seen] = await deps.index.changedDays();
    later(5);
    await changes.markDays([day], iso(now));
    if (seen) await deps.index.unmark(seen);
    expect(await deps.index.changedDays()).toHaveLength(1);
  });

  it('closes a day ten minutes after its end, and restates it when a late activity comes: revision n+1, the old one stays (T13)', async () => {
    await aNewLead(`lead-${day}`);
    await rollDays(minute, deps);
    now = Date.parse(`${day.slice(0, 8)}11T03:10:00.000Z`);
    await rollDays(minute, deps);
    expect(await deps.snapshots.latest(day)).toMatchObject({ revision: 2, closed: true });

    later(300);
    await aNewLead(`late-${day}`);
    await rollDays(minute, deps);
    expect(await deps.snapshots.latest(day)).toMatchObject({ revision: 3, closed: true });
    expect(await leadsNew()).toEqual({ revision: 3, leads: 2 });
    const row = (sk: string) =>
      metrics.client.send(new GetCommand({ TableName: metrics.name, Key: { pk: `D#${day}`, sk } }));
    expect((await row('total#000002')).Item).toMatchObject({ closed: true, metrics: { leadsNew: { value: 1 } } });
    expect((await row('total#000002')).Item).not.toHaveProperty('expiresAt');
    expect((await row('total#000001')).Item).toHaveProperty('expiresAt');
  });

  it('does not need the marks at night: a rebuild finds what was never announced', async () => {
    await aNewLead(`lead-${day}`);
    for (const mark of await deps.index.changedDays()) await deps.index.unmark(mark);
    expect((await rollDays(minute, deps)).restated).toEqual([]);
    expect((await rollDays({ rebuild: true }, deps)).restated).toEqual([day]);
  });

  it('lets two rolls at once write each revision once', async () => {
    await aNewLead(`lead-${day}`);
    const rolls = await Promise.all([
      rollDays(minute, deps),
      rollDays(minute, deps),
      rollDays({ rebuild: true }, deps),
    ]);
    expect(rolls.flatMap(({ restated }) => restated)).toEqual([day]);
    expect(await leadsNew()).toEqual({ revision: 1, leads: 1 });
  });

  it('restates a sequence’s day when late news comes, and takes back what has moved to another day', async () => {
    const put = (row: Record<string, unknown>, on = day) =>
      leads.client.send(
        new PutCommand({
          TableName: leads.name,
          Item: { ...row, ...dayKeys(on, iso(now), `lead-${day}`), day: on, recordedAt: iso(now) },
        }),
      );
    const message = { leadId: `lead-${day}`, sequence: `welcome-${year}`, run: 'r1', step: 1, template: 'welcome-1' };
    const send = { ...message, ...key.send(message.leadId, message.sequence, 'r1', 1), kind: 'send' };
    await put({ ...send, status: 'unconfirmed', purpose: 'marketing' });
    await rollDays({ rebuild: true }, deps);
    const countsOn = async (on: string) =>
      (await deps.sequences.ofDay(on)).sequences.map(({ steps }) => steps.map(({ counts }) => counts));
    expect(await countsOn(day)).toEqual([[{ unconfirmed: 1 }]]);

    // A day later it turns out that it was sent, and read.
    const next = `${day.slice(0, 8)}11`;
    now += 86_400_000;
    await put({ ...send, status: 'sent', purpose: 'marketing' }, next);
    const fate = { ...message, ...key.message(message.leadId, message.sequence, 'r1', 1), kind: 'message' };
    await put({ ...fate, deliveredAt: iso(now), openedRawAt: iso(now) }, next);
    await rollDays({ rebuild: true }, deps);
    expect(await countsOn(day)).toEqual([[]]);
    expect(await countsOn(next)).toEqual([[{ sent: 1, delivered: 1, openedRaw: 1 }]]);
    const { revision } = await deps.sequences.ofDay(next);
    await rollDays({ rebuild: true }, deps);
    expect((await deps.sequences.ofDay(next)).revision).toBe(revision);
  });

  it('reads a day of any size, and leaves out kinds it does not know', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => ({
      pk: `N#filler#${day}#${n}`,
      sk: 'E',
      dayPk: `D#${day}#0`,
      daySk: `${iso(now)}#${n}`,
      kind: n === 0 ? 'cost' : 'activity',
      activityId: `page-${n}`,
      type: 'page.viewed',
      anonymousId: `browser-${n}`,
      recordedAt: iso(now),
      properties: { padding: 'x'.repeat(5000) },
    }));
    for (let first = 0; first < rows.length; first += 25) {
      const requests = rows.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
      await leads.client.send(new BatchWriteCommand({ RequestItems: { [leads.name]: requests } }));
    }
    await rollDays({ rebuild: true }, deps);
    expect((await deps.snapshots.latest(day))?.metrics.visitors?.value).toBe(299);
  });
});
