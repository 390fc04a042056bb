import { expect, it } from 'vitest';
import { holds, type Test } from '../../../functions/leads/condition.ts';

const at = '2026-03-02T12:00:00.000Z';
const yes: readonly (readonly [Test, unknown])[] = [
  [{ equals: 'ebook' }, 'ebook'],
  [{ equals: 5000 }, '5000'],
  [{ equals: true }, true],
  [{ notEquals: 'ebook' }, undefined],
  [{ oneOf: ['a', 7] }, '7'],
  [{ noneOf: ['a', 7] }, 'b'],
  [{ startsWith: '/pricing' }, '/pricing/teams'],
  [{ endsWith: '.br' }, 'loja.com.br'],
  [{ contains: 'CHIEF' }, 'Chief of Staff'],
  [{ contains: 'retail' }, ['Travel', 'Retail']],
  [{ exists: true }, 0],
  [{ exists: false }, ''],
  [{ atLeast: 100_000 }, '100000'],
  [{ atMost: 10 }, 10],
  [{ above: 10 }, 10.5],
  [{ below: 100_000 }, '99999.99'],
  [{ between: [10, 20] }, 20],
  [{ onOrAfter: '2026-03-01' }, '2026-03-01'],
  [{ before: '2026-03-01' }, '2026-02-28T23:00:00Z'],
  [{ inNextDays: 30 }, '2026-03-31'],
  [{ inLastDays: 30 }, '2026-02-15'],
];
const no: readonly (readonly [Test, unknown])[] = [
  [{ equals: 'ebook' }, 'Ebook'],
  [{ equals: 5 }, '5,000'],
  [{ noneOf: ['a'] }, 'a'],
  [{ startsWith: '/pricing' }, ['/pricing']],
  [{ contains: 'retail' }, { retail: true }],
  [{ exists: true }, null],
  [{ atLeast: 1 }, 'many'],
  [{ atMost: 10 }, undefined],
  [{ between: [10, 20] }, 20.1],
  [{ onOrAfter: '2026-03-01' }, 'tomorrow'],
  [{ inNextDays: 30 }, '2026-03-01'],
  [{ inLastDays: 30 }, '2026-03-03'],
];

it.each(yes)('%j holds for %j', (test, value) => {
  expect(holds({ property: test })({ property: value }, at)).toBe(true);
});

it.each(no)('%j does not hold for %j', (test, value) => {
  expect(holds({ property: test })({ property: value }, at)).toBe(false);
});

it('takes all of its tests, and none for yes', () => {
  const both = holds({ path: { startsWith: '/p' }, plan: { equals: 'pro' } });
  expect([both({ path: '/p', plan: 'pro' }, at), both({ path: '/p' }, at), holds({})({}, at)]).toEqual([
    true,
    false,
    true,
  ]);
});

it('knows nothing of what every object has: nobody has told it', () => {
  for (const name of ['constructor', 'toString', '__proto__'])
    expect(holds({ [name]: { exists: true } })({}, at)).toBe(false);
});
