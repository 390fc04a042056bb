import type { Activity } from '../leads/activity.ts';
import { LeadQualified, LeadRequalified } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { CompiledModel } from './compiled-model.ts';
import { explain } from './explain.ts';
import type { Requalification } from './record.ts';

/** So many say why; thousands would not fit into an event, and who asks for us must reach sales whatever else they did. */
const toldReasons = 50;

/** Tells sales of a lead that has just qualified, with the strongest reasons for its score as they stand (D10). */
export function qualifiedEvent(lead: Lead, history: readonly Activity[], model: CompiledModel): OutgoingEvent {
  const { leadId, qualification, score } = lead;
  if (!qualification) throw new Error('a qualified lead has a qualification');
  const { cycle, reason, activityId, qualifiedAt } = qualification;
  const { entries } = explain(lead, history, model, { asOf: score.asOf, past: false });
  const reasons = entries
    .filter(({ contribution, activityId: cause }) => contribution !== 0 && cause !== '')
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, toldReasons)
    .map(({ ruleId, rule, contribution, points, occurredAt }) => ({
      ...{ ruleId, rule, points: contribution, occurredAt },
      ...(points !== contribution && { new: points }),
      ...saysOf(ruleId, model),
    }));
  return toEvent(LeadQualified, {
    leadId,
    cycle,
    reason,
    score: qualification.score,
    activityId,
    qualifiedAt,
    reasons,
  });
}

function saysOf(ruleId: string, { rules }: CompiledModel): { readonly says?: Readonly<Record<string, string>> } {
  const says = rules.get(ruleId)?.says;
  return says ? { says: { ...says } } : {};
}

/** Tells sales of what a lead that they have does besides. */
export function requalifiedEvent(
  { leadId, qualification }: Lead,
  { reason, activityId, occurredAt }: Requalification,
): OutgoingEvent {
  return toEvent(LeadRequalified, { leadId, cycle: qualification?.cycle ?? 0, reason, activityId, at: occurredAt });
}
