import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { type Explanation, explain } from './explain.ts';
import type { ModelStore } from './model.store.ts';
import { attributesAt } from './person.ts';

export interface ExplainDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history' | 'statements'>;
  readonly models: Pick<ModelStore, 'get'>;
  readonly now: () => number;
}

/** Why a lead has its score, now or at any other instant (ISO), under the model it is scored with; `null` when there is no such lead. */
export async function explainLead(
  leadId: string,
  { leads, models, now }: ExplainDeps,
  { asOf, language }: { readonly asOf?: string; readonly language?: string } = {},
): Promise<Explanation | null> {
  const lead = await leads.get(leadId);
  if (!lead) return null;
  const model = await models.get(lead.modelVersion);
  const present = new Date(now()).toISOString();
  const at = asOf ?? present;
  const past = at < present;
  const history = await leads.history(lead.leadId, past ? at : undefined);
  const then = past ? await asOfThen(lead, at, leads) : lead;
  return explain(then, history, model, { asOf: at, past, ...(language !== undefined && { language }) });
}

/** The lead with the attributes they had told us by then. */
async function asOfThen(lead: Lead, at: string, leads: ExplainDeps['leads']): Promise<Lead> {
  const statements = await leads.statements(lead.leadId);
  return { ...lead, ...attributesAt(statements, at) };
}
