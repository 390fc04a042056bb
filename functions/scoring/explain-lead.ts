import type { LeadStore } from '../leads/lead.store.ts';
import { type Explanation, explain } from './explain.ts';
import type { ScoringModel } from './scoring-model.ts';

export interface ExplainDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history'>;
  readonly model: ScoringModel;
  readonly timeZone: string;
  readonly now: () => number;
}

/** Why a lead has its score, now or at a past instant (ISO); `null` when there is no such lead. */
export async function explainLead(
  leadId: string,
  { leads, model, timeZone, now }: ExplainDeps,
  { asOf, language }: { readonly asOf?: string; readonly language?: string } = {},
): Promise<Explanation | null> {
  const lead = await leads.get(leadId);
  if (!lead) return null;
  const at = new Date(now()).toISOString();
  const history = await leads.history(leadId, asOf);
  return explain(lead, history, model, {
    asOf: asOf ?? at,
    past: asOf !== undefined && asOf < at,
    timeZone,
    ...(language !== undefined && { language }),
  });
}
