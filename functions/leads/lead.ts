import * as z from 'zod';
import { Origin, Purpose } from './activity.ts';
import { Fold, Score } from './fold.ts';

export const Rating = z.enum(['hot', 'warm', 'cold']);
export type Rating = z.infer<typeof Rating>;

export const ConsentStatus = z.enum(['pending', 'granted', 'denied', 'revoked']);
export type ConsentStatus = z.infer<typeof ConsentStatus>;

export const SuppressionReason = z.enum(['bounce', 'complaint', 'unsubscribe', 'erasure']);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** The steps of a lead's life that are counted, each with the time of the activity that caused it (R9). */
export const Milestone = z.enum(['lead', 'iql', 'mql', 'sql', 'trial', 'opportunity', 'customer']);
export type Milestone = z.infer<typeof Milestone>;

export const LifecycleStage = z.enum(['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer']);
export type LifecycleStage = z.infer<typeof LifecycleStage>;

/** Why sales gets this lead now: an explicit request at any score, or the threshold with a buying signal (requirements §2.8). */
export const Qualification = z.object({
  cycle: z.number().int().positive(),
  reason: z.enum(['explicit-request', 'threshold']),
  /** The activity that tipped it. */
  activityId: z.string(),
  score: z.number(),
  qualifiedAt: z.string(),
  open: z.boolean(),
});
export type Qualification = z.infer<typeof Qualification>;

const At = z.object({ activityId: z.string(), occurredAt: z.string() });

/** A person who may buy: the aggregate of their ledger, stored as one item (`L#<lead>` / `A`). */
export const Lead = z.object({
  leadId: z.string(),
  email: z.string(),
  emailAsTyped: z.string(),
  attributes: z.record(z.string(), z.json()),
  /** Which activity each attribute's value is from: the latest by (occurredAt, id) wins, whatever the order of arrival. */
  attributesFrom: z.record(z.string(), At),
  /** First touch (A5). */
  origin: Origin.and(At),
  consent: z.partialRecord(
    Purpose,
    // `confirmedAt`: the person themselves said yes, by a link that only they have. A no from before says nothing any more (I-C2).
    z.object({ status: ConsentStatus, at: z.string(), confirmedAt: z.string().optional() }),
  ),
  suppressed: z.object({ reason: SuppressionReason, at: z.string() }).nullable(),
  milestones: z.partialRecord(Milestone, At),
  /** What the score and the signals are read from; made with the model of `modelVersion` and of no other (I-S5). */
  fold: Fold,
  /** As it stood when this lead was last written; `scoreAt(fold, now)` is today's. */
  score: Score,
  rating: Rating,
  /** The rule that says this is no buyer for us (B5, S16); `null` for everybody else. Never handed off, whatever the points. */
  disqualified: z.object({ ruleId: z.string(), at: z.string() }).nullable(),
  /** When the score will next cross a boundary without any activity: the due index has this, or an earlier instant. */
  dueAt: z.string().nullable(),
  /** The language of the last form they filled in; `null` means the account's own. */
  language: z.string().nullable(),
  /** May the next crossing of the threshold qualify? Off after one, on again below the re-arm level (S13). */
  armed: z.boolean(),
  qualification: Qualification.nullable(),
  owner: z.string().nullable(),
  createdAt: z.string(),
  lastActivityAt: z.string(),
  modelVersion: z.string(),
  ver: z.number().int().nonnegative(),
});
export type Lead = z.infer<typeof Lead>;

/** How far the lead has come. Stages never move backwards by themselves; `opportunity` began when a rep accepted. */
export function stageOf(lead: Pick<Lead, 'milestones'>): LifecycleStage {
  if (lead.milestones.customer) return 'customer';
  if (lead.milestones.opportunity) return 'opportunity';
  if (lead.milestones.sql) return 'sql';
  if (lead.milestones.mql) return 'mql';
  return lead.milestones.lead ? 'lead' : 'subscriber';
}

/** Share of {name, email, phone} that is known, 0–1, to three decimals (A9: 2 of 3 is 0.667). */
export function completeness(lead: Pick<Lead, 'email' | 'attributes'>): number {
  const known = [lead.email, lead.attributes.name, lead.attributes.phone].filter(
    (value) => typeof value === 'string' && value !== '',
  );
  return Math.round((known.length / 3) * 1000) / 1000;
}

/** May marketing e-mail go to this person, as far as the lead itself says? The claim checks it again in its transaction (Q17). */
export function mayEmail(lead: Pick<Lead, 'consent' | 'suppressed' | 'email'>): boolean {
  return lead.consent.marketing?.status === 'granted' && lead.suppressed === null && !isInvalidDomain(lead.email);
}

/** Addresses under `.invalid` (RFC 2606) stand in for rows without an address and are never sent to. */
export function isInvalidDomain(email: string): boolean {
  return email.endsWith('.invalid');
}

/** May opens and clicks of this person's mail be noted? Until they say no (T15). */
export function mayTrack({ consent }: Pick<Lead, 'consent'>): boolean {
  return consent.tracking?.status !== 'denied' && consent.tracking?.status !== 'revoked';
}
