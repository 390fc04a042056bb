import { deliveriesOf, type ReadDeliveriesDeps } from '../handoff/read-deliveries.ts';
import type { Team } from '../handoff/team.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { deliveriesPage } from './deliveries-page.ts';
import type { Frame } from './shell.ts';
import { leadNameOf } from './show-handoffs.ts';
import type { PagesDeps } from './show-pages.ts';

export interface DeliveriesDeps extends ReadDeliveriesDeps, Pick<PagesDeps, 'leads'> {
  readonly team: Pick<Team, 'reps' | 'manager' | 'webhooks'>;
}

/** The log of what other systems were told. */
export async function showDeliveries({ query }: HttpRequest, frame: Frame, deps: DeliveriesDeps): Promise<string> {
  const asked = new URLSearchParams([...query].filter(([name]) => ['status', 'endpoint', 'cursor'].includes(name)));
  const { deliveries, cursor } = await deliveriesOf(asked, deps);
  const rows = await Promise.all(
    deliveries.map(async (delivery) => ({
      delivery,
      leadName: await leadNameOf(delivery.leadId, frame.reader, deps),
    })),
  );
  const filter = { status: query.get('status') ?? '', endpoint: query.get('endpoint') ?? '' };
  return deliveriesPage({ frame, rows, cursor, filter, endpoints: endpointsOf(deps.team) });
}

/** Every name of an endpoint in the playbook: of the reps' channels, and of the webhooks. */
function endpointsOf({ reps, manager, webhooks }: DeliveriesDeps['team']): readonly string[] {
  const channels = [...reps, manager].flatMap(({ channel }) => (channel.kind === 'email' ? [] : [channel.endpoint]));
  return [...new Set([...webhooks.map(({ endpoint }) => endpoint), ...channels])];
}
