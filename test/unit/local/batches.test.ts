import { expect, it } from 'vitest';
import { after } from '../../../bin/local/http/local-routes.ts';
import { reportedFailures } from '../../../bin/local/pollers/batch-response.ts';
import { openIdleAnswers } from '../../../bin/local/time/idle-answers.ts';

it.each([
  ['an empty answer', null, []],
  ['no failures', { batchItemFailures: [] }, []],
  ['one failure', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  ['the same one twice', { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }] }, ['b']],
  ['an item that was not in the batch', { batchItemFailures: [{ itemIdentifier: 'x' }] }, ['a', 'b']],
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
  ['nonsense', { batchItemFailures: 'b' }, ['a', 'b']],
])('of a batch, %s fails the right ones', (_, answer, failed) => {
  expect(reportedFailures(answer, ['a', 'b'])).toEqual(failed);
});

it('believes an idle function until some function works', () => {
  const idle = openIdleAnswers();
  const until = '2026-03-01T00:00:00.000Z';
  idle.note('sweep', { idleUntil: until });
  idle.note('fold', { idleUntil: until });
  expect(idle.until(['sweep', 'fold'])).toBe(Date.parse(until));
  idle.note('score', { batchItemFailures: [] });
  expect(idle.until(['sweep'])).toBe(0);
  idle.note('sweep', { idleUntil: until });
  expect([idle.until(['sweep']), idle.until(['sweep', 'fold'])]).toEqual([Date.parse(until), 0]);
});

it('moves by the calendar', () => {
  const from = Date.parse('2026-01-31T10:00:00Z');
  expect(after(from, 'P3D')).toBe(Date.parse('2026-02-03T10:00:00Z'));
  expect(after(from, 'P1M')).toBe(Date.parse('2026-02-28T10:00:00Z'));
  expect(after(from, 'PT20S')).toBe(from + 20_000);
  expect(() => after(from, 'three days')).toThrow(RangeError);
});
