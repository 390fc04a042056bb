import type * as z from 'zod';
import type { HandoffChanged } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { DeliveryOrder } from './deliver.ts';
import { Handoff } from './handoff.ts';
import { HandoffChange, type Team } from './team.ts';
import { webhookPayload } from './webhook-payload.ts';

export interface WebhookDeps {
  readonly leads: Pick<LeadStore, 'get'>;
  readonly team: Team;
  /** Public origin of the pages, without a slash at its end. */
  readonly baseUrl: string;
  readonly deliver: (order: DeliveryOrder) => Promise<unknown>;
}

/** Tells every system that wants to know of a change of a hand-off: one call for each change, however often it is announced (I-H3). */
export async function tellWebhooks(
  changed: z.output<typeof HandoffChanged.detail>,
  { leads, team, baseUrl, deliver }: WebhookDeps,
): Promise<number> {
  const what = HandoffChange.parse(changed.what);
  const wanted = team.webhooks.filter(({ changes }) => changes === undefined || changes.includes(what));
  if (wanted.length === 0) return 0;
  const handoff = Handoff.parse(changed.handoff);
  const lead = await leads.get(handoff.leadId);
  // Erased since: nobody is told of them any more.
  if (!lead) return 0;
  const body = JSON.stringify(webhookPayload({ what, at: changed.at, handoff, lead, team, baseUrl }));
  const { leadId, handoffId } = handoff;
  const calls = wanted.map(({ id, endpoint }) =>
    deliver({
      ...{ leadId, handoffId, endpoint, body, kind: 'webhook', purpose: 'webhook', what: `handoff.${what}` },
      key: `${id}#${changed.ver}`,
    }),
  );
  await Promise.all(calls);
  return wanted.length;
}
