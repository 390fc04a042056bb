import { skewMs } from '../leads/clock-skew.ts';
import { log } from '../runtime/log.ts';
import type { Outbound } from '../runtime/outbound.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { afterCall, type Called, callTimeoutMs, type Delivery, deliveryIdOf, leaseMs, reopened } from './delivery.ts';
import type { FoundEndpoint } from './endpoints.ts';
import { signedHeaders } from './standard-webhook.ts';

export interface DeliveryOrder
  extends Pick<Delivery, 'leadId' | 'handoffId' | 'endpoint' | 'purpose' | 'what' | 'body'> {
  readonly kind: Delivery['channel'];
  /** What makes it another call than the last one about this hand-off: the same key is the same delivery. */
  readonly key: string;
}

export interface DeliverDeps {
  readonly deliveries: Pick<DeliveryStore, 'get' | 'begin' | 'save' | 'forget'>;
  readonly endpointOf: (name: string) => Promise<FoundEndpoint>;
  readonly outbound: Outbound;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Called before a delivery is stored as failed, at least once: it does the same thing once. */
  readonly onGivenUp: (delivery: Delivery) => Promise<void>;
  /** Is what it tells a rep not so any more? A lead that has gone on is not told to be theirs. Left out: nothing ever is. */
  readonly isOvertaken?: (delivery: Delivery) => Promise<boolean>;
}

/**
 * Begins a delivery and makes its first call at once; what fails is made again later, by `deliverAgain`. The same order again is the same
 * delivery, untouched. `null`: the lead is erased, and nothing may be told of them.
 */
export async function deliver({ key, kind, ...order }: DeliveryOrder, deps: DeliverDeps): Promise<Delivery | null> {
  const { deliveries, now } = deps;
  const delivery: Delivery = {
    ...order,
    deliveryId: deliveryIdOf({ ...order, key }),
    ...{ channel: kind, status: 'pending', attempts: [], tries: 0, deliveredAt: null, replays: 0, ver: 1 },
    // Whoever begins it has it in hand; when they die it is due again.
    nextAt: new Date(now() + leaseMs).toISOString(),
    createdAt: new Date(now()).toISOString(),
  };
  switch (await deliveries.begin(delivery)) {
    case 'begun':
      return call(delivery, deps);
    case 'exists':
      return deliveries.get(delivery.leadId, delivery.deliveryId);
    case 'erased':
      return null;
  }
}

/** The event is only the knock: a delivery that is over, not due yet, or in somebody's hand is left alone. `null`: there is none. */
export async function deliverAgain(
  { leadId, deliveryId }: Pick<Delivery, 'leadId' | 'deliveryId'>,
  deps: DeliverDeps,
): Promise<Delivery | null> {
  const { deliveries, now } = deps;
  const delivery = await deliveries.get(leadId, deliveryId);
  // What was written beside an erasure would knock for ever.
  if (!delivery) await deliveries.forget(leadId, deliveryId);
  if (!delivery || delivery.nextAt === null || Date.parse(delivery.nextAt) > now() + skewMs) return delivery;
  const nextAt = new Date(now() + leaseMs).toISOString();
  const claimed = { ...delivery, nextAt, ver: delivery.ver + 1 };
  return (await deliveries.save(claimed)) === 'saved' ? call(claimed, deps) : delivery;
}

/** `under-way`: it is called already, or will be by itself. `unknown`: there is none, or its lead is erased. */
export type Replayed =
  | { readonly outcome: 'called' | 'under-way'; readonly delivery: Delivery }
  | { readonly outcome: 'unknown' };

/** A person has a delivery made again that is over: at once, under the id by which its receiver knows it. */
export async function replayDelivery(
  { leadId, deliveryId }: Pick<Delivery, 'leadId' | 'deliveryId'>,
  deps: DeliverDeps,
): Promise<Replayed> {
  const delivery = await deps.deliveries.get(leadId, deliveryId);
  if (!delivery) return { outcome: 'unknown' };
  if (delivery.status === 'pending') return { outcome: 'under-way', delivery };
  const again = reopened(delivery, deps.now());
  // Somebody else has pressed the button, too.
  if ((await deps.deliveries.save(again)) === 'conflict') return { outcome: 'under-way', delivery };
  return { outcome: 'called', delivery: await call(again, deps) };
}

/** Makes the call of a delivery that is in our hand, and writes down what came of it. */
async function call(delivery: Delivery, deps: DeliverDeps): Promise<Delivery> {
  const startedAt = deps.now();
  const called = await callOnce(delivery, startedAt, deps);
  const after = afterCall(delivery, called, startedAt, deps.now());
  const { leadId, deliveryId, endpoint, status, tries } = after;
  const isOvertaken = called.outcome === 'impossible' && called.reason === 'overtaken';
  if (status === 'failed' && !isOvertaken) await deps.onGivenUp(after);
  const saved = await deps.deliveries.save(after);
  // An alarm counts the lines of those that failed (lib/ops-stack.ts).
  log(`delivery-${status}`, { leadId, deliveryId, endpoint, tries, saved });
  return after;
}

async function callOnce(delivery: Delivery, atMs: number, deps: DeliverDeps): Promise<Called> {
  const { endpointOf, outbound, isOvertaken } = deps;
  if (await isOvertaken?.(delivery)) return { outcome: 'impossible', reason: 'overtaken' };
  const { endpoint, channel, deliveryId, body } = delivery;
  const found = await endpointOf(endpoint);
  if (found.outcome === 'missing') return { outcome: 'impossible', reason: found.reason };
  const { url, secret } = found.endpoint;
  const headers = { 'content-type': 'application/json', 'user-agent': 'Ripen' };
  const request = { url, body, timeoutMs: callTimeoutMs };
  if (channel !== 'webhook') return outbound({ ...request, headers });
  // A system that cannot tell who called should not act on it: what is told of hand-offs is signed, always.
  if (secret === undefined) return { outcome: 'impossible', reason: 'no-secret' };
  return outbound({ ...request, headers: { ...headers, ...signedHeaders(deliveryId, atMs, body, secret) } });
}
