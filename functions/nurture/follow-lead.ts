import type * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import type { ActivityRecorded, LeadScored } from '../leads/bus-event.ts';
import { isOneOf } from '../leads/predicate.ts';
import type { Publish } from '../runtime/publish.ts';
import { type BeginDeps, beginAtMilestones, beginWalks } from './begin-walks.ts';
import { pinned } from './conclude-send.ts';
import { confirmSend } from './confirm-send.ts';
import { endWalk, endWalks, endWalksFor } from './end-walks.ts';
import { dueOf, isDue, isOver } from './enrollment.ts';
import { moveWalk } from './move-walk.ts';
import { placeAt } from './program.ts';
import { assetRequest, type PromisedAssets } from './promised-asset.ts';

export interface FollowDeps extends BeginDeps {
  readonly assets: PromisedAssets;
  readonly baseUrl: string;
  readonly publish: Publish;
}

/** Does what a recorded activity asks of nurture: prove a send, end walks, take those on that waited for it, begin others. */
export async function followActivity(
  { leadId, activity, quiet }: z.output<typeof ActivityRecorded.detail>,
  deps: FollowDeps,
): Promise<void> {
  if (leadId === null) return;
  if (activity.type === 'email.sent') return confirmSend(leadId, activity, deps);
  if (activity.type === 'deal.won') await endWalksFor(leadId, 'converted', deps);
  // Anybody may tell the tracker that somebody has replied: that must not silence our mail to them (I-F3).
  if (activity.type === 'email.replied' && activity.source !== 'tracker')
    await endWalksFor(leadId, 'replied', deps, activity.occurredAt);
  await takeOnWalks(leadId, activity, deps);
  if (quiet) return;
  const asset = await promisedAsset(leadId, activity, deps);
  await deps.publish([...asset, ...(await beginWalks(leadId, activity, deps))]);
}

/** The lead has come further: begins what starts there. */
export async function followScore(
  { leadId, milestones }: z.output<typeof LeadScored.detail>,
  deps: FollowDeps,
): Promise<void> {
  await deps.publish(await beginAtMilestones(leadId, milestones, deps));
}

/** The lead may not be written to any more. Who has said yes again since goes on. */
export async function followSuppression(leadId: string, deps: FollowDeps): Promise<void> {
  const lead = await deps.leads.get(leadId);
  if (!lead || lead.suppressed) await endWalks(leadId, deps);
}

/** Ends the walks whose goal this is, and takes on those that waited for it. */
async function takeOnWalks(leadId: string, activity: Activity, deps: FollowDeps): Promise<void> {
  for (const walk of await deps.enrollments.list(leadId)) {
    if (isOver(walk)) continue;
    const { sequence, program } = await pinned(walk, deps.sequences);
    // What was done before the walk began is not what it has led to.
    if (activity.occurredAt >= walk.enrolledAt && isOneOf(sequence.goals, activity)) {
      await endWalk(leadId, walk.sequence, 'goal', deps);
      continue;
    }
    const { step } = placeAt(program, walk.step);
    if (step.kind !== 'waitFor' || !isOneOf(step.activities, activity)) continue;
    const moved = await moveWalk(leadId, walk.sequence, deps);
    const due = moved && isDue(moved, deps.now()) ? dueOf(moved) : null;
    if (due) await deps.publish([due.event]);
  }
}

async function promisedAsset(leadId: string, activity: Activity, { leads, account, assets, baseUrl }: FollowDeps) {
  if (activity.type !== 'form.submitted' && activity.type !== 'list.subscribed') return [];
  const lead = await leads.get(leadId);
  // Erased since, or not to be written to.
  if (!lead || lead.suppressed) return [];
  const spoken = activity.properties.language;
  const language = typeof spoken === 'string' ? spoken : (lead.language ?? account.language);
  const request = assetRequest(leadId, activity, assets, { lead, language, baseUrl });
  return request ? [request] : [];
}
