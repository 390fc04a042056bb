import { afterAll, expect, it } from 'vitest';
import { migrateWalks } from '../../../functions/nurture/migrate-walks.ts';
import { sendStep } from '../../../functions/nurture/send-step.ts';
import { Sequences } from '../../../functions/nurture/sequence.ts';
import { walkListStore } from '../../../functions/nurture/walk-list.store.ts';
import { testTables } from '../../support/dynamodb.ts';
import { dayMs, sequences } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const edited = Sequences.parse([
  { ...sequences[0], steps: ['welcome-1', 'welcome-3'].map((template) => ({ kind: 'email', template })) },
]);
const deps = {
  ...room.deps,
  walks: walkListStore(leads),
  version: 'v2',
  sequences: async (version: string) => (version === 'v2' ? edited : sequences),
};
const ask = async (fields: object) => {
  const body = Buffer.from(JSON.stringify({ author: 'ana', ...fields }));
  const request = { method: 'POST', path: '/', query: {}, params: { id: 'welcome' }, body };
  const headers = { 'content-type': 'application/json' };
  const answer = await migrateWalks({ ...request, headers } as unknown as Parameters<typeof migrateWalks>[0], deps);
  return JSON.parse(String(answer.body));
};

it('Q21 moves nobody until a person says so, says first what would happen, and then brings nothing twice', async () => {
  await room.addLead('mover');
  await room.submit('mover');
  await room.knock('mover', 1);
  expect(await ask({ dryRun: true })).toEqual({ moved: 1, ended: 0, stayed: 0, cursor: null });
  expect(await room.deps.enrollments.get('mover', 'welcome')).toMatchObject({ version: 'v1', step: 3 });
  expect(await ask({})).toEqual({ moved: 1, ended: 0, stayed: 0, cursor: null });
  const walk = await room.deps.enrollments.get('mover', 'welcome');
  expect(walk).toMatchObject({ version: 'v2', step: 2 });
  expect(await ask({})).toEqual({ moved: 0, ended: 0, stayed: 1, cursor: null });
  // The step's old knock is nobody's any more, and the walk goes on at its old time.
  room.advance(2 * dayMs);
  await room.knock('mover', 3, deps);
  await sendStep({ leadId: 'mover', sequence: 'welcome', run: walk?.run ?? '', step: 2 }, deps);
  expect(room.mails('mover@example.com').map(({ subject }) => subject.slice(0, 9))).toEqual(['welcome-1', 'welcome-3']);
});

it('I-M1 is no second way to the same e-mail: a claim in between refuses the move', async () => {
  await room.addLead('racer');
  await room.submit('racer');
  const frequency = await room.deps.frequencies.get('racer');
  const walk = await room.deps.enrollments.get('racer', 'welcome');
  if (!walk) throw new Error('the walk has begun');
  const claimed = new Promise<void>((resolve) => {
    const sending = {
      ...room.deps,
      toMime: async (...given: Parameters<typeof room.deps.toMime>) => {
        expect(await room.deps.enrollments.saveUnsent({ ...walk, run: 'other', ver: walk.ver + 1 }, frequency)).toBe(
          'conflict',
        );
        resolve();
        return room.deps.toMime(...given);
      },
    };
    void room.knock('racer', 1, sending);
  });
  await claimed;
});
