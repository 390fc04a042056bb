import type { Table } from '../runtime/dynamodb.ts';
import { localEnv } from '../runtime/environment.ts';
import { outbound } from '../runtime/outbound.ts';
import { secret } from '../runtime/secrets.ts';
import type { DeliverDeps } from './deliver.ts';
import { type DeliveryStore, deliveryStore } from './delivery.store.ts';
import { endpoints } from './endpoints.ts';
import { isOvertaken } from './overtaken.ts';
import { tellInstead } from './tell-instead.ts';
import type { TellDeps } from './telling.ts';

/** Whoever has mended the secret need not wait for new function instances. */
const endpointsMaxAgeMs = 60_000;

/** What a door calls other systems with: what cannot be told there is told by e-mail. */
export function delivering(table: Table, telling: TellDeps): DeliverDeps & { readonly deliveries: DeliveryStore } {
  return {
    deliveries: deliveryStore(table),
    endpointOf: endpoints({
      read: secret('CHANNELS_SECRET_ARN', { maxAgeMs: endpointsMaxAgeMs }),
      makeUp: localEnv('RIPEN_OUTBOUND_URL') !== undefined,
    }),
    outbound: outbound(),
    now: telling.now,
    onGivenUp: (delivery) => tellInstead(delivery, telling),
    isOvertaken: (delivery) => isOvertaken(delivery, telling),
  };
}
