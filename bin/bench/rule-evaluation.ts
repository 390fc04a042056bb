import type { Seen } from '../../functions/leads/condition.ts';
import { line, type Measurement } from './measurement.ts';
import { type Contestant, race } from './rounds.ts';
import { aRuleCase, type Shape, shapes } from './rule-case.ts';
import { type Fired, type FiredLater, handWritten, jsonRulesEngine, jsonRulesEngines, ripen } from './rule-engines.ts';

const counts = [10, 100, 1000];

/** Which rules does an activity earn? Ours against json-rules-engine, against a hand-written switch, and against fewer rules. */
export async function measureRules(rounds: number, say: (text: string) => void): Promise<readonly Measurement[]> {
  const lines: Measurement[] = [];
  for (const shape of shapes) {
    const ours: (readonly number[])[] = [];
    for (const count of counts) {
      say(`${count} rules, ${shape}`);
      const { figures, measurements } = await measureOne(shape, count, rounds);
      ours.push(figures);
      lines.push(...measurements);
    }
    const [fewest = [], , most = []] = ours;
    const what = { part: 'rules', name: `Ripen, 1,000 rules against 10 (${shape})`, unit: 'µs' };
    lines.push(line({ ...what, promise: { atMost: 3 } }, most, { name: '10 rules', values: fewest }));
  }
  return lines;
}

async function measureOne(shape: Shape, count: number, rounds: number) {
  const { model, activities } = aRuleCase(shape, count, 7);
  const us = await race(
    {
      ripen: atOnce(ripen(model), activities),
      engine: later(jsonRulesEngine(model), activities),
      engines: later(jsonRulesEngines(model), activities),
      written: atOnce(handWritten(model), activities),
    },
    { rounds },
  );
  const figures = us('ripen');
  const named = (name: string) => ({ part: 'rules', name: `${name}, ${count} rules (${shape})`, unit: 'µs' });
  const floor = { name: 'Ripen', values: figures };
  const promise = count === 100 ? { promise: { atLeast: 1000 } } : {};
  const measurements = [
    line({ ...named('json-rules-engine'), ...promise }, us('engine'), floor),
    line(named('json-rules-engine, one for each type'), us('engines'), floor),
    line(named('a switch written by hand'), us('written'), floor),
  ];
  return { figures, measurements };
}

function atOnce(fired: Fired, activities: readonly Seen[]): Contestant {
  const run = (calls: number) => {
    let count = 0;
    for (let n = 0; n < calls; n++) for (const activity of activities) count += fired(activity).length;
    return count;
  };
  return { perCall: activities.length, run };
}

function later(fired: FiredLater, activities: readonly Seen[]): Contestant {
  const run = async (calls: number) => {
    let count = 0;
    for (let n = 0; n < calls; n++) for (const activity of activities) count += (await fired(activity)).length;
    return count;
  };
  return { perCall: activities.length, run };
}
