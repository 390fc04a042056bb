import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { isInvalidDomain, type Lead } from '../leads/lead.ts';
import { type Happening, isOneOf } from '../leads/predicate.ts';
import { variantFor, type Weighted } from '../leads/variant.ts';
import { type Audience, type FollowUpPlan, marketedTypes } from './follow-up-plan.ts';

/** Why somebody is shown no advertisements. */
export const Obstacle = z.enum(['no-consent', 'suppressed', 'customer', 'handed-off', 'no-buyer', 'no-address']);
export type Obstacle = z.infer<typeof Obstacle>;

/** A lead in an audience: whom we pay to show advertisements to (U3, U4). Times are instants, ISO 8601 UTC. */
export const AudienceMember = z.object({
  leadId: z.string(),
  audience: z.string(),
  /** Which of the advertisements they see: the same for good (U5). */
  variant: z.string(),
  joinedAt: z.string(),
  leftAt: z.string().nullable(),
  because: z.union([Obstacle, z.literal('converted')]).nullable(),
  /** When they first did what the audience is for, whether or not they were still in it. */
  convertedAt: z.string().nullable(),
  ver: z.number().int().positive(),
});
export type AudienceMember = z.infer<typeof AudienceMember>;

/** Advertisements cost money and trust: shown only to whoever permits marketing and still has something to decide. `null`: to this lead. */
export function whyNot(lead: Lead): Obstacle | null {
  if (lead.suppressed !== null) return 'suppressed';
  if (lead.consent.marketing?.status !== 'granted') return 'no-consent';
  if (lead.milestones.customer) return 'customer';
  // Sales speaks to them now: an advertisement would speak in between.
  if (lead.qualification?.open) return 'handed-off';
  if (lead.disqualified) return 'no-buyer';
  return isInvalidDomain(lead.email) ? 'no-address' : null;
}

/**
 * The member after they were put into the audience at `at`; `null` when that changes nothing: they are in it, or have left it since then.
 * `before`: as they stood; `null` for somebody who never was in it.
 */
export function joined(
  before: AudienceMember | null,
  { leadId, audience, at }: { readonly leadId: string; readonly audience: Audience; readonly at: string },
): AudienceMember | null {
  if (before && (before.leftAt === null || before.leftAt >= at)) return null;
  return {
    ...{ leadId, audience: audience.id, convertedAt: before?.convertedAt ?? null, ver: (before?.ver ?? 0) + 1 },
    variant: variantOf(leadId, audience, before),
    ...{ joinedAt: at, leftAt: null, because: null },
  };
}

export function left(
  member: AudienceMember,
  because: NonNullable<AudienceMember['because']>,
  at: string,
): AudienceMember {
  return { ...member, leftAt: at, because, ver: member.ver + 1 };
}

/** The member after what they have done at `at` is what the audience is for: counted once, and they leave. */
export function converted(member: AudienceMember, at: string): AudienceMember | null {
  if (member.convertedAt !== null || at < member.joinedAt) return null;
  const stays = member.leftAt !== null;
  return { ...(stays ? { ...member, ver: member.ver + 1 } : left(member, 'converted', at)), convertedAt: at };
}

/** The only one of an audience that compares nothing. */
const sole: Weighted = { name: 'all', weight: 1 };

export function variantsOf({ variants }: Audience): readonly Weighted[] {
  return variants ?? [sole];
}

/** Who comes back sees what they saw before, as long as there is such an advertisement. */
function variantOf(leadId: string, audience: Audience, before: AudienceMember | null): string {
  const variants = variantsOf(audience);
  const kept = variants.find(({ name }) => name === before?.variant);
  return (kept ?? variantFor(leadId, ['audience', audience.id], variants)).name;
}

/** What every audience is for. */
const always: readonly Happening[] = ['appointment.booked', 'trial.started', 'deal.won'].map((activity) => ({
  activity,
  where: {},
}));

/** What an audience is for: a next step with us, and what the lead types that it is of should have done. */
export function conversionsOf(audienceId: string, plan: FollowUpPlan): readonly Happening[] {
  const asked = marketedTypes.flatMap((type) => {
    const followUp = plan[type];
    return followUp.strategy === 're-engage' && followUp.audience === audienceId ? followUp.unless : [];
  });
  const isNew = ({ activity, where }: Happening) =>
    Object.keys(where).length > 0 || !always.some((one) => one.activity === activity);
  return [...always, ...asked.filter(isNew)];
}

export function isConversion(activity: Activity, audienceId: string, plan: FollowUpPlan): boolean {
  return isOneOf(conversionsOf(audienceId, plan), activity);
}

/** Every activity type that may be what an audience is for: what the room must hear of. */
export function conversionTypes(plan: FollowUpPlan): readonly string[] {
  const types = plan.audiences.flatMap(({ id }) => conversionsOf(id, plan).map(({ activity }) => activity));
  return [...new Set(types)].sort();
}
