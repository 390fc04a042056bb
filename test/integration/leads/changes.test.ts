import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { publishChanges } from '../../../functions/leads/publish-changes.ts';
import { sweepDue } from '../../../functions/leads/sweep-due.ts';
import { dueKeys, key, outboxKeys } from '../../../functions/leads/table.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead } from '../../support/lead.ts';

const { leads: table } = await testTables();
const changes = changeStore(table);
let published: OutgoingEvent[] = [];
let now = Date.parse('2026-03-02T15:00:00.000Z');
const publish = async (events: readonly OutgoingEvent[]) => {
  published.push(...events);
};
const deps = { changes, publish, activeModel: async () => 'v2', now: () => now };

beforeEach(() => {
  published = [];
});

const inserted = (item: Record<string, unknown>) => ({ dynamodb: { NewImage: marshall(item) as never } });
const put = (Item: Record<string, unknown>) => table.client.send(new PutCommand({ TableName: table.name, Item }));
const ledgerRow = (day: string) => ({
  ...key.activity('lead-1', `a-${day}`),
  kind: 'activity',
  leadId: 'lead-1',
  activityId: `a-${day}`,
  type: 'page.viewed',
  occurredAt: `${day}T12:00:00.000Z`,
  recordedAt: '2026-03-02T15:00:00.000Z',
  source: 'tracker',
  properties: {},
  day,
  dayPk: `D#${day}#0`,
});

it('tells the bus of every new ledger row, and marks the days it counts on, today or past', async () => {
  // Any row of the day index counts, of whichever kind, and the index's key says on which day.
  const walk = { ...key.walk('lead-1', 'welcome', 'r1', 'entered'), kind: 'walk', dayPk: 'D#2026-02-12#3' };
  await publishChanges([inserted(ledgerRow('2026-03-02')), inserted(ledgerRow('2026-02-11')), inserted(walk)], deps);
  expect(published.map(({ detailType }) => detailType)).toEqual(['ActivityRecorded', 'ActivityRecorded']);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :y',
      ExpressionAttributeValues: { ':y': 'Y' },
    }),
  );
  expect(Items.map(({ day }) => day)).toEqual(['2026-02-11', '2026-02-12', '2026-03-02']);
});

it('T6 tells of a row that is judged otherwise now, and of no other change to one', async () => {
  const row = ledgerRow('2026-03-02');
  const changed = (after: object) => ({
    dynamodb: { OldImage: marshall(row) as never, NewImage: marshall({ ...row, ...after }) as never },
  });
  const verdict = { by: 'machine', reasons: ['burst'] };
  await publishChanges([changed({ verdict }), changed({ origin: { campaign: 'x' } })], deps);
  expect(published).toMatchObject([
    { detailType: 'ActivityRejudged', detail: { leadId: 'lead-1', activity: { activityId: row.activityId, verdict } } },
  ]);
});

it('publishes an outbox row before it deletes it; what the stream overlooked goes out by the sweep, once', async () => {
  const at = '2026-03-02T14:50:00.000Z';
  const row = {
    ...key.outbox('lead-1', 'a-1', 0),
    ...outboxKeys(at, 'lead-1'),
    kind: 'outbox',
    detailType: 'LeadQualified',
    detail: { leadId: 'lead-1' },
    at,
  };
  await put(row);
  expect((await sweepDue(deps)).published).toBe(1);
  expect((await sweepDue(deps)).published).toBe(0);
  await put(row);
  await publishChanges([inserted(row)], deps);
  expect(published.map(({ detailType }) => detailType)).toEqual(['LeadQualified', 'LeadQualified']);
  expect(await changes.overlooked('2027-01-01T00:00:00.000Z')).toEqual([]);
});

it('knocks for a due thing again every five minutes until its worker has deleted it, and never before its time', async () => {
  const dueAt = '2026-03-02T15:10:00.000Z';
  await put({
    ...key.due('step', 's-1'),
    ...dueKeys(dueAt, 'step', 's-1'),
    kind: 'due',
    due: 'step',
    subject: 's-1',
    dueAt,
    detailType: 'StepDue',
    detail: { n: 1 },
  });
  expect(await sweepDue(deps)).toEqual({ published: 0, idleUntil: dueAt });
  now = Date.parse(dueAt);
  expect(await sweepDue(deps)).toEqual({ published: 1, idleUntil: '2026-03-02T15:15:00.000Z' });
  expect((await sweepDue(deps)).published).toBe(0);
  now += 5 * 60_000;
  expect((await sweepDue(deps)).published).toBe(1);
  expect(published).toEqual([
    { detailType: 'StepDue', detail: { n: 1 } },
    { detailType: 'StepDue', detail: { n: 1 } },
  ]);
});

it('knocks for a lead that is written under another model than the active one: the job may have missed it (I-S5)', async () => {
  const written = (modelVersion: string) => inserted(leadItem(aLead({ leadId: `of-${modelVersion}`, modelVersion })));
  await publishChanges([written('v1'), written('v2')], deps);
  expect(published.filter(({ detailType }) => detailType === 'RescoreDue')).toEqual([
    { detailType: 'RescoreDue', detail: { version: 'v2', leadId: 'of-v1' } },
  ]);
});
