import { Delivery } from '../../../functions/handoff/delivery.ts';
import type { DeliveriesPageView } from '../../../functions/web/deliveries-page.ts';
import { frame } from './sample-pages.ts';

/** Of a CRM that was down for a minute, and sent again by a person. */
export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return Delivery.parse({
    ...{ deliveryId: 'delivery', leadId: 'abcdefgh', handoffId: 'abcdefgh.1', endpoint: 'crm', channel: 'webhook' },
    ...{ purpose: 'webhook', what: 'handoff.assigned', status: 'delivered', tries: 2, nextAt: null },
    attempts: [
      { at: '2026-11-23T12:00:00.000Z', ms: 1204, status: 503 },
      { at: '2026-11-23T12:01:00.000Z', ms: 87, status: 204 },
    ],
    body: '{"type":"handoff.assigned","data":{"lead":{"attributes":{"name":"Maria Prado"}}}}',
    ...{ createdAt: '2026-11-23T12:00:00.000Z', deliveredAt: '2026-11-23T12:01:00.000Z', replays: 1, ver: 3 },
    ...given,
  });
}

export function aDeliveriesPageView(parts: Partial<DeliveriesPageView> = {}): DeliveriesPageView {
  return {
    ...{ frame, cursor: null, filter: { status: '', endpoint: '' }, endpoints: ['crm', 'sales-slack'] },
    rows: [{ delivery: aDelivery(), leadName: 'Maria Prado' }],
    ...parts,
  };
}
