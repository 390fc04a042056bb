import * as z from 'zod';
import { Duration } from '../leads/duration.ts';
import { LeadType } from '../leads/lead-type.ts';
import { Happening } from '../leads/predicate.ts';
import { Label } from './team.ts';

/** Stands in the ledger, in items and in file names, so it never changes. */
const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and dashes, such as mql-retargeting');

/** What a rep is asked to do, so long after the last news of the lead. */
const Ask = z.strictObject({
  after: Duration,
  /** What it says in their list, by language: `{ en: Ask how it is going, pt-BR: Perguntar como está indo }`. */
  title: Label,
});
export type Ask = z.infer<typeof Ask>;

const Sequenced = z.strictObject({
  strategy: z.literal('sequence'),
  /** Nurtures them: it begins by its own `entry`. */
  sequence: Id,
  /** Where sales gives one of them back to; left out: `sequence`, from its beginning. */
  recycled: Id.optional(),
});

const ReEngaged = z.strictObject({
  strategy: z.literal('re-engage'),
  /** So long after they became one … */
  after: Duration,
  /** … without any of these, they join the audience and walk the sequence (U3). */
  unless: z.array(Happening).min(1, 'say what they should have done, such as { activity: appointment.booked }'),
  sequence: Id,
  audience: Id,
  /** Where sales gives one of them back to; left out: `sequence`. */
  recycled: Id.optional(),
});
export type ReEngaged = z.infer<typeof ReEngaged>;

const Asked = Ask.extend({
  /** A rep has accepted them and nothing has come of it for so long: the same rep is asked to follow up (U2). */
  strategy: z.literal('task', 'sales follows up who is ready to buy: write strategy: task'),
  /** After a deal was lost; left out: nobody is asked again. */
  lost: Ask.optional(),
  /** Where sales gives one of them back to. */
  recycled: Id,
});
export type Asked = z.infer<typeof Asked>;

const Marketed = z.discriminatedUnion('strategy', [Sequenced, ReEngaged], {
  error: ({ input }) =>
    input === undefined
      ? 'every lead type has a follow-up, such as { strategy: sequence, sequence: engagement }'
      : 'write strategy: sequence, or strategy: re-engage',
});

const Variant = z.strictObject({ name: Id, weight: z.number().positive().max(1_000).default(1) });

/** Whom to show advertisements (U4); of several `variants` a lead sees one, always the same (U5). */
const Audience = z.strictObject({
  id: Id,
  name: z.string().trim().min(1).max(128),
  variants: z
    .array(Variant)
    .min(2, 'a test needs two variants; leave variants out when there is nothing to compare')
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two variants have the same name')
    .optional(),
});
export type Audience = z.infer<typeof Audience>;

/** What follows for each type of lead that has not bought: `playbook/follow-up.yaml`. One that lacks a type is refused (U1). */
export const FollowUpPlan = z
  .strictObject({
    /** Asked for information, and nothing more yet. */
    iql: Marketed,
    /** Qualified for marketing: interested in a solution. */
    mql: Marketed,
    /** Qualified for sales. */
    sql: Asked,
    /** Tries the product. */
    trial: Marketed,
    audiences: z.array(Audience).default([]),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of wrongAudiences(value))
      issues.push({ code: 'custom', input: value, path: [...path], message });
  });
export type FollowUpPlan = z.infer<typeof FollowUpPlan>;

/** What is done for the types that marketing follows up. */
export type MarketedType = Exclude<LeadType, 'sql'>;
export const marketedTypes: readonly MarketedType[] = ['iql', 'mql', 'trial'];

/** The types that something is done for when time passes: what becomes of one has to be looked at then. */
export function timedTypes(plan: Pick<FollowUpPlan, MarketedType>): readonly MarketedType[] {
  return marketedTypes.filter((type) => plan[type].strategy === 're-engage');
}

/** Every sequence that the plan names for a type, and where it names it. */
export function sequencesNamed(
  plan: FollowUpPlan,
): readonly { readonly type: LeadType; readonly key: 'sequence' | 'recycled'; readonly sequence: string }[] {
  return LeadType.options.flatMap((type) => {
    const followUp = plan[type];
    const named = { sequence: 'sequence' in followUp ? followUp.sequence : undefined, recycled: followUp.recycled };
    return (['sequence', 'recycled'] as const).flatMap((key) =>
      named[key] === undefined ? [] : [{ type, key, sequence: named[key] }],
    );
  });
}

interface Wrong {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function wrongAudiences({ audiences, ...plan }: FollowUpPlan): readonly Wrong[] {
  const ids = audiences.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const unknown = marketedTypes.flatMap((type): Wrong[] => {
    const followUp = plan[type];
    if (followUp.strategy !== 're-engage' || ids.includes(followUp.audience)) return [];
    const known = ids.length === 0 ? 'write it under audiences' : `use one of ${ids.join(', ')}`;
    return [{ path: [type, 'audience'], message: `there is no audience "${followUp.audience}": ${known}` }];
  });
  return [...twice.map((id) => ({ path: ['audiences'], message: `two audiences have the id "${id}"` })), ...unknown];
}
