import { type Publish, toEvent } from '../runtime/publish.ts';
import type { ActivationStore } from './activation.store.ts';
import { type Activation, newActivation } from './activation.ts';
import { RescoreDue } from './bus-event.ts';

export interface ActivateDeps {
  readonly activations: Pick<ActivationStore, 'get' | 'begin' | 'tellCopies' | 'advance'>;
  readonly publish: Publish;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Makes a stored scoring model the active one: leads that come from now on are scored with it, and those that are there are brought
 * to it by and by (rescore-leads.ts). For the version that is active already there is nothing to do. Cut short anywhere, the due item
 * or the next call goes on.
 */
export async function activateModel(version: string, deps: ActivateDeps): Promise<Activation> {
  const { activations, publish, now } = deps;
  for (let attempt = 1; attempt <= 5; attempt++) {
    const current = await activations.get();
    if (current?.version === version) return current.activeSince === null ? makeActive(current, deps) : current;
    const next = newActivation(version, current, new Date(now()).toISOString());
    if ((await activations.begin(next)) === 'conflict') continue;
    const active = await makeActive(next, deps);
    if (active.status === 'running') await publish([toEvent(RescoreDue, { version })]);
    return active;
  }
  throw new Error('other deployments keep activating models: deploy one at a time');
}

/** New leads go by the copies; only when all of them say so is the change complete, and the last lead of the old model there. */
export async function makeActive(activation: Activation, deps: Omit<ActivateDeps, 'publish'>): Promise<Activation> {
  await deps.activations.tellCopies(activation);
  const at = new Date(deps.now()).toISOString();
  const active = { ...activation, activeSince: at, passStartedAt: at, step: activation.step + 1 };
  await deps.activations.advance(active, at);
  return active;
}
