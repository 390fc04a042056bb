import type { LeadStore } from '../leads/lead.store.ts';
import { nextChange } from './cooling.ts';
import type { ModelStore } from './model.store.ts';
import { settle } from './settle.ts';

export interface SettleDeps {
  readonly leads: Pick<LeadStore, 'get' | 'save'>;
  readonly models: Pick<ModelStore, 'get'>;
  readonly now: () => number;
}

/**
 * Writes down what time alone has done to a lead: score, rating, whether the next crossing may qualify; and when to look again. The
 * event is only the knock: an early, late or repeated one finds the same. Cooling never qualifies anybody.
 */
export async function settleLead(leadId: string, { leads, models, now }: SettleDeps): Promise<void> {
  // Every round ends it, or somebody else wrote the lead in the meantime: what they wrote is looked at again.
  for (let round = 0; round < 200; round++) {
    const lead = await leads.get(leadId);
    // Erased since.
    if (!lead) return;
    const model = await models.get(lead.modelVersion);
    const at = now();
    const settled = settle({ ...lead, dueAt: null }, model, at);
    const dueAt = nextChange(settled, model, at);
    const { outcome } = await leads.save({
      lead: { ...settled, dueAt, ver: lead.ver + 1 },
      dueAt,
      ...{ recorded: [], rejudged: [], milestones: [], holders: {}, evidence: [], statements: [], outbox: [] },
    });
    if (outcome === 'saved') return;
  }
  throw new Error('this lead is written to by too many at once: the message comes back by itself');
}
