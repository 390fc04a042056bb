import type { Activity } from '../leads/activity.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { logFault } from '../runtime/log.ts';
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
  const present = new Date(now()).toISOString();
  const at = asOf ?? present;
  const past = at < present;
  const known = await leadWithHistory(leadId, leads, past ? at : undefined);
  if (!known) return null;
  const { lead, history } = known;
  const model = await models.get(lead.modelVersion);
  const then = past ? await asOfThen(lead, at, leads) : lead;
  const explanation = explain(then, history, model, { asOf: at, past, ...(language !== undefined && { language }) });
  // Every look at a lead is a test in production: what is stored is what the ledger says (I-S6).
  if (explanation.sum !== explanation.total)
    logFault('score-does-not-add-up', new Error('the stored score is not what the ledger adds up to'), { leadId });
  return explanation;
}

/**
 * A lead and its ledger, of one and the same moment: what is recorded between the two reads would be a reason without its points.
 * While somebody keeps writing, the last look stands.
 */
export async function leadWithHistory(
  leadId: string,
  leads: Pick<LeadStore, 'get' | 'history'>,
  until?: string,
): Promise<{ readonly lead: Lead; readonly history: readonly Activity[] } | null> {
  let lead = await leads.get(leadId);
  for (let round = 1; lead; round++) {
    const history = await leads.history(lead.leadId, until);
    const again = await leads.get(leadId);
    if (again?.ver === lead.ver || round === 5) return { lead, history };
    lead = again;
  }
  return null;
}

/** The lead with the attributes they had told us by then. */
async function asOfThen(lead: Lead, at: string, leads: ExplainDeps['leads']): Promise<Lead> {
  const statements = await leads.statements(lead.leadId);
  return { ...lead, ...attributesAt(statements, at) };
}
