import { leadOf } from '../../../functions/leads/lead-item.ts';
import type { Outcome } from '../history.ts';
import type { Item } from '../twin/item.ts';
import { brokenMail } from './mail-checks.ts';
import { type MailSimulationOptions, mailSimulation } from './mail-simulation.ts';

/** One history of mail, up to the third replay of everything that was told. The same seed and number: the same history. */
export async function runMailHistory(options: MailSimulationOptions): Promise<Outcome> {
  const life = mailSimulation(options);
  const steps = () => life.world.step();
  try {
    await life.run();
    const violations = brokenMail(life);
    // A replay takes as long as the history did, and what it would find it finds in every fourth.
    if (violations.length > 0 || options.history % 4 !== 0) return { violations, steps: steps() };
    const [before, mails] = [stateOf(life.table.all()), life.ses.accepted.length];
    options.trace?.('everything is told three times more');
    await life.replay(3);
    const after = stateOf(life.table.all());
    violations.push(
      ...[...new Set([...before.keys(), ...after.keys()])]
        .filter((id) => before.get(id) !== after.get(id))
        .map((id) => `I-Q2: the replay has changed ${id}: ${before.get(id)} → ${after.get(id)}`),
      ...(life.ses.accepted.length > mails ? ['I-M1: the replay has sent mail'] : []),
      ...brokenMail(life),
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
