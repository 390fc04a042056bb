import { afterAll, expect, it } from 'vitest';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { sequenceDayStore } from '../../../functions/leads/sequence-day.store.ts';
import { key } from '../../../functions/leads/table.ts';
import { dayIndexStore } from '../../../functions/metrics/day-index.store.ts';
import { rollDays } from '../../../functions/metrics/roll-days.ts';
import { snapshotStore } from '../../../functions/metrics/snapshot.store.ts';
import { endWalks } from '../../../functions/nurture/end-walks.ts';
import { messageFateStore } from '../../../functions/nurture/message-fate.store.ts';
import type { Fact } from '../../../functions/nurture/message-fate.ts';
import { type EmailReport, sequenceReport } from '../../../functions/nurture/sequence-report.ts';
import { testTables } from '../../support/dynamodb.ts';
import { account } from '../../support/forms.ts';
import { dayMs, sequences } from '../../support/nurture.ts';
import { aNurtureRoom } from '../nurture/a-nurture-room.ts';

const { leads, metrics } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const fates = messageFateStore(leads, account.timeZone);
const days = sequenceDayStore(metrics);
const roll = () =>
  rollDays(
    { rebuild: true },
    {
      index: dayIndexStore(leads),
      ...{ snapshots: snapshotStore(metrics), sequences: days, timeZone: account.timeZone, modelVersion: 'v1' },
      now: room.deps.now,
    },
  );

/** SES tells of the first message to this lead. */
const tell = async (leadId: string, ...facts: readonly Fact[]) => {
  const message = { leadId, sequence: 'welcome', run: 'activity-1', step: 1 };
  const at = new Date(room.deps.now()).toISOString();
  await fates.note({ message, facts: Object.fromEntries(facts.map((fact) => [fact, at])), settles: true });
  // As the stream door marks the day of a row that changed.
  const row = await room.item(key.message(leadId, 'welcome', 'activity-1', 1));
  await changeStore(leads).markDays([String(row?.dayPk).split('#')[1] ?? ''], at);
};

async function report() {
  const [welcome] = sequences;
  if (!welcome) throw new Error('the sample has no sequence');
  const range = { from: '2026-01-01', to: '2026-12-31' };
  return sequenceReport(welcome, await days.between('welcome', range.from, range.to), range);
}

const emails = async () =>
  (await report()).steps.filter((step): step is EmailReport => step.kind === 'email').map(({ step, ...rest }) => rest);

it('counts what the nurture room writes: walks, messages and their fates, each on its day', async () => {
  for (const leadId of ['reads', 'clicks', 'leaves', 'waits']) {
    await room.addLead(leadId);
    await room.submit(leadId);
  }
  for (const leadId of ['reads', 'clicks', 'leaves']) await room.knock(leadId, 1);
  await roll();
  expect(await report()).toMatchObject({ entered: 4, completed: 0, left: {} });
  expect((await emails())[0]).toMatchObject({ template: 'welcome-1', sent: 3, delivered: 0 });

  await tell('reads', 'deliveredAt', 'openedRawAt');
  await tell('clicks', 'deliveredAt', 'openedAt', 'openedRawAt', 'clickedAt', 'clickedRawAt');
  await tell('leaves', 'deliveredAt', 'unsubscribedAt');
  await endWalks('leaves', room.deps);
  await roll();
  const told = { sent: 3, delivered: 3, opened: 1, openedRaw: 2, clicked: 1, clickedRaw: 1, unsubscribed: 1 };
  expect((await emails())[0]).toMatchObject({ ...told, leak: { lost: 1, of: 3, reasons: { suppressed: 1 } } });
  expect((await report()).left).toEqual({ suppressed: 1 });
});

it('counts news of a message on the day it was sent, however late, and what is sent later on its own day (I-D3)', async () => {
  room.advance(2 * dayMs);
  await tell('reads', 'openedAt');
  await room.knock('clicks', 3);
  await roll();
  const all = await emails();
  expect(all[0]).toMatchObject({ sent: 3, opened: 2 });
  expect(all[1]).toMatchObject({ sent: 1, opened: 0 });
  const stored = await days.between('welcome', '2026-01-01', '2026-12-31');
  expect(stored.map(({ steps }) => steps.map(({ step, counts }) => [step, counts.sent]))).toEqual([[[1, 3]], [[3, 1]]]);
});
