import type { Activity, CapturedActivity } from '../../functions/leads/activity.ts';
import type { Holder, Statement } from '../../functions/leads/lead.store.ts';
import type { Lead } from '../../functions/leads/lead.ts';
import type { CompiledModel } from '../../functions/scoring/compiled-model.ts';
import { planOf, wholePlan } from '../../functions/scoring/plan.ts';
import { type Recording, record } from '../../functions/scoring/record.ts';
import { compiledShippedModel } from './scoring.ts';

/** One lead in memory, scored by the decisions alone: what the workflow does with a store, without waiting. */
export interface Scorer {
  record(captured: readonly CapturedActivity[], now?: string): Recording;
  /** Throws before the first record. */
  readonly lead: Lead;
  change(change: Partial<Lead>): void;
  readonly ledger: readonly Activity[];
  readonly holders: Readonly<Record<string, Holder>>;
  readonly statements: readonly Statement[];
}

export function aScorer(model: CompiledModel = compiledShippedModel, clock = '2026-03-02T12:30:00.000Z'): Scorer {
  let lead: Lead | null = null;
  const ledger = new Map<string, Activity>();
  const holders: Record<string, Holder> = {};
  const statements: Statement[] = [];

  const around = (captured: readonly CapturedActivity[]): Activity[] =>
    [...ledger.values()].filter((row) =>
      captured.some((activity) => {
        const reachMs = model.reachMsOf(activity);
        return reachMs > 0 && Math.abs(Date.parse(row.occurredAt) - Date.parse(activity.occurredAt)) <= reachMs;
      }),
    );

  return {
    record(captured, now = clock) {
      const fresh = captured.filter(
        ({ activityId }, index) =>
          !ledger.has(activityId) && captured.findIndex((other) => other.activityId === activityId) === index,
      );
      const context = { leadId: 'lead-1', email: 'ana@example.com', suppressed: null, model, now: Date.parse(now) };
      const plan = planOf(fresh, around(fresh), model, now);
      let recording = record(lead, plan, holders, context);
      if (recording === 'undecided')
        recording = record(lead, wholePlan(plan, [...ledger.values()], model), {}, context);
      if (recording === 'undecided') throw new Error('a whole ledger decides everything');
      lead = recording.lead;
      for (const row of [...recording.recorded, ...recording.rejudged]) ledger.set(row.activityId, row);
      for (const [name, holder] of Object.entries(recording.holders)) {
        if (holder) holders[name] = holder;
        else delete holders[name];
      }
      statements.push(...recording.statements);
      return recording;
    },
    get lead() {
      if (!lead) throw new Error('nothing is recorded yet');
      return lead;
    },
    change(change) {
      lead = { ...this.lead, ...change };
    },
    get ledger() {
      return [...ledger.values()];
    },
    holders,
    statements,
  };
}
