import { leadOf } from '../../functions/leads/lead-item.ts';
import { broken, brokenOnTheWay } from './checks.ts';
import { type SimulationOptions, simulation } from './simulation.ts';
import type { Item } from './twin/item.ts';

export interface Outcome {
  /** Sentences on what does not hold; none when everything does. */
  readonly violations: readonly string[];
  /** How many things happened. */
  readonly steps: number;
}

/** One history from its first arrival to the third replay of everything. The same seed and number: the same history. */
export async function runHistory(options: SimulationOptions): Promise<Outcome> {
  const life = simulation(options);
  try {
    await life.run();
    const violations = broken(life);
    if (violations.length > 0) return { violations, steps: life.world.step() };
    const before = stateOf(life.table.all());
    options.trace?.('everything comes three times more');
    await life.replay(3);
    const changed = changesSince(before, stateOf(life.table.all()));
    violations.push(...changed.map((change) => `I-Q2: the replay has changed ${change}`), ...brokenOnTheWay(life));
    return { violations, steps: life.world.step() };
  } catch (error) {
    return {
      violations: [`the simulation failed: ${error instanceof Error ? error.stack : error}`],
      steps: life.world.step(),
    };
  }
}

function stateOf(items: readonly Item[]): ReadonlyMap<string, string> {
  return new Map(
    items.map((item) => [`${item.pk} ${item.sk}`, JSON.stringify(item.kind === 'lead' ? leadOf(item) : item)]),
  );
}

function changesSince(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .filter((id) => before.get(id) !== after.get(id))
    .map((id) => `${id}: ${before.get(id)} → ${after.get(id)}`);
}
