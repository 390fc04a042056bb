import { describe, expect, it } from 'vitest';
import { isKept, line, short } from '../../../bin/bench/measurement.ts';
import { race, ratioOf, spreadOf } from '../../../bin/bench/rounds.ts';
import { aRuleCase, shapes } from '../../../bin/bench/rule-case.ts';
import { handWritten, jsonRulesEngine, jsonRulesEngines, ripen } from '../../../bin/bench/rule-engines.ts';

describe('rounds', () => {
  it('say the one in the middle, the least and the most', () => {
    expect(spreadOf([3, 1, 9])).toEqual({ median: 3, min: 1, max: 9 });
    expect(spreadOf([10, 2, 4, 3])).toEqual({ median: 3.5, min: 2, max: 10 });
    expect(() => spreadOf([])).toThrow('at least one round');
  });

  it('are compared each with itself, so that a slow moment of the machine is on both sides', () => {
    expect(ratioOf([2, 20, 4], [1, 10, 1])).toEqual({ median: 2, min: 2, max: 4 });
    expect(() => ratioOf([1, 2], [1])).toThrow('in every round');
  });

  it('give every contestant its turn in each, and a figure for each thing it does', async () => {
    let us = 0;
    const steps = (each: number) => ({
      run: (calls: number) => {
        us += calls * each;
        return calls;
      },
    });
    const meters = { cpu: () => us, twice: () => 2 * us };
    const of = await race(
      { one: steps(30), ten: { ...steps(100), perCall: 10 } },
      { rounds: 2, leastTurnMs: 1, meters },
    );
    expect(of('one')).toEqual([30, 30]);
    expect(of('ten')).toEqual([10, 10]);
    expect(of('ten', 'twice')).toEqual([20, 20]);
  });
});

describe('a line', () => {
  const of = (promise?: { atLeast: number } | { atMost: number }) =>
    line({ part: 'rules', name: 'x', unit: 'µs', ...(promise && { promise }) }, [20, 30], {
      name: 'y',
      values: [10, 10],
    });

  it('keeps its promise or does not', () => {
    expect(of().ratio).toEqual({ median: 2.5, min: 2, max: 3 });
    expect([of(), of({ atMost: 2.5 }), of({ atLeast: 2.5 })].map(isKept)).toEqual([true, true, true]);
    expect([of({ atMost: 2.4 }), of({ atLeast: 2.6 })].map(isKept)).toEqual([false, false]);
  });

  it('writes as many digits as mean something', () => {
    expect([8123.4, 98.76, 1.234, 0.12345].map(short)).toEqual(['8,123', '98.8', '1.23', '0.123']);
  });
});

describe.each(shapes)('rules over %s', (shape) => {
  it.each([2, 10, 100])('%i of them fire alike in every contestant', async (count) => {
    for (let seed = 0; seed < 5; seed++) {
      const { model, activities } = aRuleCase(shape, count, seed);
      const [ours, written] = [ripen(model), handWritten(model)];
      const [engine, engines] = [jsonRulesEngine(model), jsonRulesEngines(model)];
      let fired = 0;
      for (const activity of activities) {
        const rules = ours(activity).toSorted();
        fired += rules.length;
        expect(written(activity).toSorted()).toEqual(rules);
        expect((await engine(activity)).toSorted()).toEqual(rules);
        expect((await engines(activity)).toSorted()).toEqual(rules);
      }
      expect(fired).toBeGreaterThan(activities.length / 4);
    }
  });
});
