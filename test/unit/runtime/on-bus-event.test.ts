import { expect, it } from 'vitest';
import * as z from 'zod';
import { busEvent } from '../../../functions/runtime/bus-event-kind.ts';
import { on, onBusEventGroups, onBusEvents } from '../../../functions/runtime/on-bus-event.ts';

const Noted = busEvent('Noted', z.object({ who: z.string(), n: z.number() }));

const record = (messageId: string, detail: unknown, detailType = 'Noted') => ({
  messageId,
  body: JSON.stringify({ 'detail-type': detailType, source: 'ripen', detail }),
});
const batch = (...records: readonly { messageId: string; body: string }[]) => ({ Records: records }) as never;
const failed = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

it('reports what fails alone: unreadable, of an unknown kind, or thrown at (I-Q1)', async () => {
  const handled: number[] = [];
  const door = onBusEvents(
    on(Noted, async ({ n }) => {
      if (n === 3) throw new Error('three');
      handled.push(n);
    }),
  );
  const records = [1, 2, 3, 4].map((n) => record(`m${n}`, { who: 'a', n }));
  const answer = await door(
    batch(
      ...records,
      { messageId: 'm5', body: '{' },
      record('m6', { who: 'a', n: 6 }, 'Other'),
      record('m7', { who: 7 }),
    ),
  );
  expect(handled).toEqual([1, 2, 4]);
  expect(failed(answer)).toEqual(['m3', 'm5', 'm6', 'm7']);
});

it('lets one of a group fail without the others, and one group without the next (I-Q3)', async () => {
  const handled: string[] = [];
  const door = onBusEventGroups(
    Noted,
    ({ who }) => who,
    async (details) => {
      if (details.some(({ n }) => n === 2)) throw new Error('two');
      handled.push(details.map(({ who, n }) => `${who}${n}`).join('+'));
    },
  );
  const sent = ['a1', 'a2', 'a3', 'b1', 'b4'].map((name) => record(name, { who: name[0], n: Number(name[1]) }));
  expect(failed(await door(batch(...sent)))).toEqual(['a2']);
  expect(handled.sort()).toEqual(['a1', 'a3', 'b1+b4']);
});
