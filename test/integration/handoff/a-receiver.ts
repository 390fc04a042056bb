import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type DeliverDeps, type DeliveryOrder, deliver, deliverAgain } from '../../../functions/handoff/deliver.ts';
import { deliveryStore } from '../../../functions/handoff/delivery.store.ts';
import type { Delivery } from '../../../functions/handoff/delivery.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import type { OutboundAnswer, OutboundRequest } from '../../../functions/runtime/outbound.ts';
import { aLead, monday } from '../../unit/handoff/a-qualified-lead.ts';

const secret = 'whsec_c2l4dGVlbiBieXRlcywgYW5kIHR3aWNlIG9mIHRoZW0=';

/** A CRM on the other side: it counts what it hears, and answers as it is told to. The clock is moved by hand. */
export function aReceiver(table: Table) {
  const clock = { now: Date.parse(monday) };
  const heard: OutboundRequest[] = [];
  const givenUp: Delivery[] = [];
  const answers: { next: OutboundAnswer | Error } = { next: { outcome: 'answered', status: 200, body: '' } };
  const deliveries = deliveryStore(table);
  const deps: DeliverDeps = {
    deliveries,
    endpointOf: async () => ({ outcome: 'found', endpoint: { url: 'https://crm.example/', secret } }),
    outbound: async (request) => {
      heard.push(request);
      if (answers.next instanceof Error) throw answers.next;
      return answers.next;
    },
    now: () => clock.now,
    onGivenUp: async (delivery) => void givenUp.push(delivery),
  };

  return {
    ...{ clock, heard, givenUp, answers, deliveries, deps },

    answer(status: number): void {
      answers.next = { outcome: 'answered', status, body: '' };
    },

    async addLead(leadId: string): Promise<string> {
      await table.client.send(new PutCommand({ TableName: table.name, Item: leadItem(aLead({ leadId })) }));
      return leadId;
    },

    tell: (leadId: string, given: Partial<DeliveryOrder> = {}) => deliver(anOrder(leadId, given), deps),

    knock: ({ leadId, deliveryId }: Pick<Delivery, 'leadId' | 'deliveryId'>) =>
      deliverAgain({ leadId, deliveryId }, deps),

    /** When the sweep will knock; `null`: never. */
    async dueAt({ leadId, deliveryId }: Pick<Delivery, 'leadId' | 'deliveryId'>): Promise<string | null> {
      const Key = key.due('delivery', `${leadId}#${deliveryId}`);
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
      return Item ? String(Item.dueAt) : null;
    },
  };
}

export function anOrder(leadId: string, given: Partial<DeliveryOrder> = {}): DeliveryOrder {
  return {
    ...{ leadId, handoffId: `${leadId}.1`, endpoint: 'crm', kind: 'webhook', purpose: 'webhook' },
    ...{ what: 'handoff.assigned', key: 'crm#1', body: '{"type":"handoff.assigned"}' },
    ...given,
  };
}

/** That a delivery exists, for tests that go on with it. */
export function begun(delivery: Delivery | null): Delivery {
  if (!delivery) throw new Error('nothing was begun');
  return delivery;
}
