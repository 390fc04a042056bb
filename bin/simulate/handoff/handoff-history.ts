import { leadOf } from '../../../functions/leads/lead-item.ts';
import type { Outcome } from '../history.ts';
import type { Item } from '../twin/item.ts';
import { brokenHandoffs } from './handoff-checks.ts';
import { type HandoffSimulationOptions, handoffSimulation } from './handoff-simulation.ts';

/** One history of hand-offs, up to the third replay of everything. The same seed and number: the same history. */
export async function runHandoffHistory(options: HandoffSimulationOptions): Promise<Outcome> {
  const life = handoffSimulation(options);
  const steps = () => life.world.step();
  try {
    await life.run();
    const violations = brokenHandoffs(life);
    // A replay takes as long as the history did, and what it would find it finds in every eighth.
    if (violations.length > 0 || options.history % 8 !== 0) return { violations, steps: steps() };
    const [before, changes] = [stateOf(life.table.all()), life.witness.heard.size];
    options.trace?.('everything is told three times more');
    await life.replay(3);
    const after = stateOf(life.table.all());
    violations.push(
      ...[...new Set([...before.keys(), ...after.keys()])]
        .filter((id) => before.get(id) !== after.get(id))
        .map((id) => `I-Q2: the replay has changed ${id}: ${before.get(id)} → ${after.get(id)}`),
      ...(life.witness.heard.size > changes ? ['I-H3: the replay has told something new'] : []),
      ...brokenHandoffs(life),
    );
    return { violations, steps: steps() };
  } catch (error) {
    return { violations: [`the simulation failed: ${error instanceof Error ? error.stack : error}`], steps: steps() };
  }
}

function stateOf(items: readonly Item[]): ReadonlyMap<string, string> {
  return new Map(
    items.map((item) => [`${item.pk} ${item.sk}`, JSON.stringify(item.kind === 'lead' ? leadOf(item) : item)]),
  );
}
