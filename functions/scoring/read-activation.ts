import type { ActivationStore } from '../leads/activation.store.ts';
import type { Activation } from '../leads/activation.ts';

/** How far the leads have been brought to the active scoring model, for people to watch. */
export type ActivationView = Pick<
  Activation,
  'version' | 'from' | 'status' | 'pass' | 'total' | 'seen' | 'rescored' | 'crossed' | 'startedAt' | 'finishedAt'
>;

/** `null` before the first deployment has activated a model. */
export async function readActivation(activations: Pick<ActivationStore, 'get'>): Promise<ActivationView | null> {
  const activation = await activations.get();
  if (!activation) return null;
  const { version, from, status, pass, total, seen, rescored, crossed, startedAt, finishedAt } = activation;
  return { version, from, status, pass, total, seen, rescored, crossed, startedAt, finishedAt };
}
