import type * as z from 'zod';
import { ActivityCaptured, type FollowUpDue, type HandoffChanged, type LeadScored } from '../leads/bus-event.ts';
import { skewMs } from '../leads/clock-skew.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { LeadType } from '../leads/lead-type.ts';
import { log } from '../runtime/log.ts';
import { type OutgoingEvent, type Publish, toEvent } from '../runtime/publish.ts';
import type { FollowUpStore } from './follow-up.store.ts';
import { isLost, lookAt, mayAskAbout, taskAfter } from './follow-up.ts';
import { type FollowUpPlan, type MarketedType, timedTypes } from './follow-up-plan.ts';
import type { HandoffStore } from './handoff.store.ts';
import type { Handoff } from './handoff.ts';
import type { TaskStore } from './task.store.ts';
import { isToDo } from './task.ts';
import type { Team } from './team.ts';

export interface FollowUpDeps {
  readonly leads: Pick<LeadStore, 'get' | 'between'>;
  readonly handoffs: Pick<HandoffStore, 'get'>;
  readonly tasks: Pick<TaskStore, 'create' | 'ofLead' | 'finish'>;
  readonly followUps: FollowUpStore;
  readonly plan: FollowUpPlan;
  readonly team: Pick<Team, 'reps' | 'manager'>;
  readonly publish: Publish;
  readonly now: () => number;
}

/** The lead has come further: when to look what became of that. What would be past already is an old file's, and wakes nobody. */
export async function awaitScored(
  { leadId, milestones }: z.output<typeof LeadScored.detail>,
  { plan, followUps, now }: FollowUpDeps,
): Promise<void> {
  for (const type of timedTypes(plan)) {
    const dueAt = lookAt(milestones, type, plan);
    if (dueAt !== null && Date.parse(dueAt) > now()) await followUps.set(leadId, type, dueAt);
  }
}

/** Sales has told something of a lead: that does the tasks they had for them, and another one follows when no more is heard (U2). */
export async function awaitNews(
  { leadId, cycle }: Pick<z.output<typeof HandoffChanged.detail>, 'leadId' | 'cycle'>,
  deps: FollowUpDeps,
): Promise<void> {
  const handoff = await deps.handoffs.get(leadId, cycle);
  if (!handoff) return;
  await finishTasks(handoff, deps);
  const task = taskAfter(handoff, deps.plan.sql, deps.team, deps.now());
  if (task) await deps.followUps.set(leadId, 'sql', task.dueAt);
}

const told: readonly string[] = ['accepted', 'contacted', 'meeting', 'won', 'lost', 'recycled', 'rejected'];

async function finishTasks({ leadId, history }: Handoff, { tasks }: FollowUpDeps): Promise<void> {
  const news = history.findLast(({ what }) => told.includes(what));
  if (!news) return;
  const { at, by, rep, what } = news;
  for (const task of await tasks.ofLead(leadId)) {
    // What was asked for after this is not answered by it.
    if (!isToDo(task) || task.createdAt > at) continue;
    await tasks.finish(leadId, task.taskId, { doneAt: at, doneBy: by ?? rep ?? '', outcome: what });
  }
}

/**
 * It may be time to follow a lead up. Everything is decided on what is so now: a knock too early sets the next one, one too late or
 * repeated finds the task or the activity there already, and nobody is asked about who is erased.
 */
export async function followUpLead(
  { leadId, leadType }: z.output<typeof FollowUpDue.detail>,
  deps: FollowUpDeps,
): Promise<void> {
  const type = LeadType.parse(leadType);
  const knock = await deps.followUps.get(leadId, type);
  const lead = await deps.leads.get(leadId);
  const later = lead && (type === 'sql' ? await askRep(lead, deps) : await reEngage(lead, type, deps));
  if (later) return deps.followUps.set(leadId, type, later);
  if (knock !== null) await deps.followUps.clear(leadId, type, knock);
}

/** Answers when to come back (ISO), if it was too early. */
async function askRep(lead: Lead, { handoffs, tasks, plan, team, now }: FollowUpDeps): Promise<string | null> {
  const { leadId, qualification } = lead;
  const handoff = qualification && (await handoffs.get(leadId, qualification.cycle));
  const task = handoff && taskAfter(handoff, plan.sql, team, now());
  if (!task) return null;
  if (isLater(task.dueAt, now())) return task.dueAt;
  if (!mayAskAbout(lead, task)) return null;
  const outcome = await tasks.create(task);
  log(`task-${outcome}`, { leadId, taskId: task.taskId, rep: task.rep });
  return null;
}

/** Answers when to come back (ISO), if it was too early. */
async function reEngage(lead: Lead, type: MarketedType, deps: FollowUpDeps): Promise<string | null> {
  const { leads, plan, publish, now } = deps;
  const dueAt = lookAt(lead.milestones, type, plan);
  const [became, followUp] = [lead.milestones[type], plan[type]];
  // The plan may have changed since.
  if (dueAt === null || !became || followUp.strategy !== 're-engage') return null;
  const at = now();
  if (isLater(dueAt, at)) return dueAt;
  const history = await leads.between(lead.leadId, became.occurredAt, new Date(at).toISOString());
  if (!isLost(lead, type, followUp, history)) return null;
  const joined = audienceJoined(lead.leadId, { type, audience: followUp.audience, since: became.activityId }, at);
  await publish([joined]);
  log('follow-up-begun', { leadId: lead.leadId, audience: followUp.audience });
  return null;
}

/** It goes into their ledger: the sequence begins there, and the audience has its member. Once for each time they became one. */
function audienceJoined(
  leadId: string,
  { type, audience, since }: { readonly type: LeadType; readonly audience: string; readonly since: string },
  at: number,
): OutgoingEvent {
  return toEvent(ActivityCaptured, {
    activityId: stableId('audience', leadId, audience, since),
    type: 'audience.joined',
    occurredAt: new Date(at).toISOString(),
    source: 'handoff',
    subject: { leadId },
    properties: { audience, leadType: type },
  });
}

function isLater(dueAt: string, now: number): boolean {
  return Date.parse(dueAt) > now + skewMs;
}
