import * as z from 'zod';
import { withoutTokens } from '../leads/private-link.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { type Delivery, DeliveryStatus } from './delivery.ts';

export interface ReadDeliveriesDeps {
  readonly deliveries: Pick<DeliveryStore, 'get' | 'list'>;
}

const Query = z.object({
  status: DeliveryStatus.optional(),
  endpoint: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2048).optional(),
});

/** `GET /api/deliveries`: what was told to other systems, the last begun first; `GET /api/deliveries/{id}`: one, with its body. */
export async function readDeliveries(
  { params, query }: Pick<HttpRequest, 'params' | 'query'>,
  deps: ReadDeliveriesDeps,
): Promise<HttpAnswer> {
  if (params.id !== undefined) return json(200, await oneOf(params.id, deps));
  const { deliveries, cursor } = await deliveriesOf(query, deps);
  return json(200, { deliveries: deliveries.map(summaryOf), cursor });
}

/** @throws RequestError 400 on a query that is not understood. */
export async function deliveriesOf(
  query: URLSearchParams,
  { deliveries }: ReadDeliveriesDeps,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly cursor: string | null }> {
  const asked = Query.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new RequestError(400, 'bad-query', issue?.message ?? 'this query is not understood', issue?.path.join('.'));
  }
  const { items, cursor } = await deliveries.list(asked.data);
  // Who reads the log does not answer in a rep's name.
  return { deliveries: items.map((each) => ({ ...each, body: withoutTokens(each.body) })), cursor };
}

async function oneOf(id: string, { deliveries }: ReadDeliveriesDeps) {
  const named = parseDeliveryRef(id);
  const delivery = named && (await deliveries.get(named.leadId, named.deliveryId));
  if (!delivery) throw unknownDelivery();
  return { ...summaryOf(delivery), body: JSON.parse(withoutTokens(delivery.body)) };
}

/** What everybody may know of it: not what is kept for its next call, and not what it says of the lead. */
export function summaryOf({ tries: _, ver: __, body: ___, ...delivery }: Delivery) {
  return { id: deliveryRef(delivery), ...delivery };
}

/** How the API names a delivery: its lead and its own id. */
export function deliveryRef({ leadId, deliveryId }: Pick<Delivery, 'leadId' | 'deliveryId'>): string {
  return `${leadId}.${deliveryId}`;
}

/** `null` for what names none. */
export function parseDeliveryRef(id: string): Pick<Delivery, 'leadId' | 'deliveryId'> | null {
  const [, leadId, deliveryId] = /^(\w+)\.(\w+)$/.exec(id) ?? [];
  return leadId && deliveryId ? { leadId, deliveryId } : null;
}

export function unknownDelivery(): RequestError {
  return new RequestError(404, 'unknown-delivery', 'There is no such delivery: its lead may have been erased.');
}
