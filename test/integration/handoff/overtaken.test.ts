import { expect, it } from 'vitest';
import { isOvertaken } from '../../../functions/handoff/overtaken.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

it('tells no rep late that a lead is theirs which has gone on or is over, and still tells everything else', async () => {
  const room = aSalesRoom((await testTables()).leads, aTeam(3));
  const leadId = await room.add({ leadId: 'goneon' });
  await room.handOff(leadId);
  const { handoffId } = await room.handoff(leadId);
  const createdAt = new Date(room.clock.now + 1_000).toISOString();
  const notice = { purpose: 'notification', what: 'hot-lead', handoffId, createdAt } as const;
  expect(await isOvertaken(notice, room.deps)).toBe(false);
  room.clock.now += 30 * 60_000;
  await room.knock(leadId);
  expect(await isOvertaken(notice, room.deps)).toBe(true);
  expect(await isOvertaken({ ...notice, what: 'noted' }, room.deps)).toBe(false);
  expect(await isOvertaken({ ...notice, purpose: 'webhook' }, room.deps)).toBe(false);
  const now = { ...notice, createdAt: new Date(room.clock.now).toISOString() };
  expect(await isOvertaken(now, room.deps)).toBe(false);
  await room.answer(leadId, { answer: 'reject', reason: 'not-ready' });
  expect(await isOvertaken(now, room.deps)).toBe(true);
});
