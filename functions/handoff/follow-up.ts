import type { Activity } from '../leads/activity.ts';
import { durationMs } from '../leads/duration.ts';
import { type Lead, mayEmail } from '../leads/lead.ts';
import { leadTypeOf } from '../leads/lead-type.ts';
import { isOneOf } from '../leads/predicate.ts';
import type { Asked, FollowUpPlan, MarketedType, ReEngaged } from './follow-up-plan.ts';
import type { Handoff } from './handoff.ts';
import { holderOf, News, type Task, taskIdOf } from './task.ts';
import type { Team } from './team.ts';

/** The task that follows when no more is heard of a hand-off, and when it is due; `null`: sales is not asked to do anything. */
export function taskAfter(
  handoff: Handoff,
  plan: Asked,
  team: Pick<Team, 'reps' | 'manager'>,
  now: number,
): Task | null {
  const { handoffId, leadId, rep } = handoff;
  const because = lastNews(handoff);
  const ask = because?.what === 'lost' ? plan.lost : plan;
  if (!because || !ask) return null;
  return {
    taskId: taskIdOf(leadId, handoffId, because),
    ...{ leadId, handoffId, because },
    rep: holderOf({ rep: rep ?? '' }, team),
    asks: because.what === 'lost' ? 'ask-again' : 'follow-up',
    title: ask.title,
    dueAt: later(because.at, ask.after),
    createdAt: new Date(now).toISOString(),
    ...{ doneAt: null, doneBy: null, outcome: null },
  };
}

/** What sales last told of a lead that has not bought yet; `null` while nobody has accepted them, and when sales is done. */
function lastNews({ status, history, closedAt }: Handoff): News | null {
  if (status === 'lost' && closedAt !== null) return { what: 'lost', at: closedAt };
  if (status !== 'accepted') return null;
  return history.flatMap((entry) => News.safeParse(entry).data ?? []).at(-1) ?? null;
}

/** May a rep be asked about them? Not when they have bought, are no buyers, or have called our mail spam. */
export function mayAskAbout(
  { milestones, disqualified, suppressed }: Lead,
  { because }: Pick<Task, 'because'>,
): boolean {
  const hasBought = milestones.customer !== undefined && milestones.customer.occurredAt >= because.at;
  return !hasBought && disqualified === null && suppressed?.reason !== 'complaint';
}

/** When to look whether a lead did what was hoped for (ISO); `null`: that type is not followed up by the clock, or they are not of it. */
export function lookAt(milestones: Lead['milestones'], type: MarketedType, plan: FollowUpPlan): string | null {
  const followUp = plan[type];
  const became = milestones[type];
  return became && followUp.strategy === 're-engage' ? later(became.occurredAt, followUp.after) : null;
}

/**
 * Do they join the audience and walk its sequence (U3)? Who is of another type by now has the follow-up of that one; and nobody whom
 * sales has, who has bought, who is no buyer, or whom marketing must not write to. What an old file told begins nothing (requirements §2.22).
 */
export function isLost(lead: Lead, type: MarketedType, { unless }: ReEngaged, history: readonly Activity[]): boolean {
  const { qualification, milestones, disqualified } = lead;
  if (leadTypeOf(lead) !== type || qualification?.open || milestones.customer || disqualified) return false;
  const isOld = history.some(({ activityId, quiet }) => quiet && activityId === milestones[type]?.activityId);
  return mayEmail(lead) && !isOld && !history.some((activity) => isOneOf(unless, activity));
}

function later(at: string, duration: string): string {
  return new Date(Date.parse(at) + durationMs(duration)).toISOString();
}
