import { type Lead, mayEmail, stageOf } from '../leads/lead.ts';
import { type Handoff, speedToLeadMs } from './handoff.ts';
import type { HandoffChange, Team } from './team.ts';

/** What other systems are told of a change (docs/webhooks.md): what happened, to which hand-off, of which lead, and whose it is. */
export interface WebhookPayload {
  readonly type: `handoff.${HandoffChange}`;
  readonly timestamp: string;
  readonly data: {
    readonly handoff: Omit<Handoff, 'history' | 'knownBefore'> & { readonly speedToLeadMs: number | null };
    readonly lead: Readonly<Record<string, unknown>>;
    readonly rep: { readonly id: string; readonly name: string; readonly email: string } | null;
  };
}

interface Told {
  readonly what: HandoffChange;
  /** ISO. */
  readonly at: string;
  /** As the change has made it; a later change is told by its own call, with a greater `ver`. */
  readonly handoff: Handoff;
  readonly lead: Lead;
  readonly team: Pick<Team, 'reps' | 'manager'>;
  readonly baseUrl: string;
}

export function webhookPayload({ what, at, handoff, lead, team, baseUrl }: Told): WebhookPayload {
  const { history: _, knownBefore: __, ...facts } = handoff;
  const rep = [...team.reps, team.manager].find(({ id }) => id === handoff.rep);
  return {
    type: `handoff.${what}`,
    timestamp: at,
    data: {
      handoff: { ...facts, speedToLeadMs: speedToLeadMs(handoff) },
      lead: {
        leadId: lead.leadId,
        email: lead.email,
        attributes: lead.attributes,
        score: lead.score.total,
        ...{ rating: lead.rating, stage: stageOf(lead), language: lead.language },
        source: { channel: lead.origin.channel, campaign: lead.origin.campaign },
        consent: Object.fromEntries(Object.entries(lead.consent).map(([purpose, { status }]) => [purpose, status])),
        suppressed: lead.suppressed,
        mayEmail: mayEmail(lead),
        url: `${baseUrl}/leads/${lead.leadId}`,
      },
      rep: rep ? { id: rep.id, name: rep.name, email: rep.email } : null,
    },
  };
}
