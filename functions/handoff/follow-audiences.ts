import type * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import type { ActivityRecorded } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { log } from '../runtime/log.ts';
import type { AudienceStore } from './audience.store.ts';
import { type AudienceMember, converted, isConversion, joined, left, whyNot } from './audience.ts';
import type { FollowUpPlan } from './follow-up-plan.ts';

export interface FollowAudiencesDeps {
  readonly leads: Pick<LeadStore, 'get' | 'between'>;
  readonly audiences: Pick<AudienceStore, 'of' | 'save'>;
  readonly plan: FollowUpPlan;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Puts a lead into an audience, notes that they have done what it is for, or takes them out when they permit no marketing any more. */
export async function followActivity(
  { leadId, activity }: z.output<typeof ActivityRecorded.detail>,
  deps: FollowAudiencesDeps,
): Promise<void> {
  if (leadId === null) return;
  if (activity.type === 'audience.joined') return joinAudience(leadId, activity, deps);
  await changeEach(leadId, deps, async (member) =>
    isConversion(activity, member.audience, deps.plan) ? converted(member, activity.occurredAt) : null,
  );
  if (activity.type === 'consent.changed') await reviewMember(leadId, deps);
}

/** Takes the lead out of every audience when they may not be shown advertisements any more. */
export async function reviewMember(leadId: string, deps: FollowAudiencesDeps): Promise<void> {
  await changeEach(leadId, deps, async (member) => {
    if (member.leftAt !== null) return null;
    const lead = await deps.leads.get(leadId);
    const obstacle = lead && whyNot(lead);
    return obstacle ? left(member, obstacle, nowOf(deps)) : null;
  });
}

async function joinAudience(leadId: string, activity: Activity, deps: FollowAudiencesDeps): Promise<void> {
  const audience = deps.plan.audiences.find(({ id }) => id === activity.properties.audience);
  const at = activity.occurredAt;
  // It has been taken out of the playbook since.
  if (!audience) return log('audience-unknown', { leadId });
  for (let round = 1; round <= rounds; round++) {
    const before = (await deps.audiences.of(leadId)).find((one) => one.audience === audience.id) ?? null;
    const member = joined(before, { leadId, audience, at });
    if (!member) return;
    const lead = await deps.leads.get(leadId);
    if (!lead) return;
    const obstacle = whyNot(lead) ?? (await hasConverted(leadId, audience.id, at, deps));
    if (obstacle) return log('audience-not-joined', { leadId, audience: audience.id, obstacle });
    if ((await deps.audiences.save(member)) === 'saved')
      return log('audience-joined', { leadId, audience: audience.id, variant: member.variant });
  }
  throw tooMany(leadId);
}

/** What they did while this was on its way has been told already, to an audience they were not in yet. */
async function hasConverted(leadId: string, audience: string, at: string, { leads, plan, now }: FollowAudiencesDeps) {
  const since = await leads.between(leadId, at, new Date(now()).toISOString());
  return since.some((activity) => isConversion(activity, audience, plan)) ? 'converted' : null;
}

async function changeEach(
  leadId: string,
  { audiences }: Pick<FollowAudiencesDeps, 'audiences'>,
  next: (member: AudienceMember) => Promise<AudienceMember | null>,
): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    const outcomes: string[] = [];
    for (const member of await audiences.of(leadId)) {
      const after = await next(member);
      if (after) outcomes.push(await audiences.save(after));
    }
    if (!outcomes.includes('refused')) return;
  }
  throw tooMany(leadId);
}

// Who is erased meanwhile is in no audience when it is read again.
const rounds = 5;

function tooMany(leadId: string): Error {
  return new Error(`the audiences of ${leadId} are written to by too many at once: the message comes back by itself`);
}

function nowOf({ now }: Pick<FollowAudiencesDeps, 'now'>): string {
  return new Date(now()).toISOString();
}
