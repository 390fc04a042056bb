import * as z from 'zod';
import { TimeZone, Weekday } from '../leads/account.ts';
import { Predicate } from '../leads/predicate.ts';
import { wrongTeam } from './wrong-team.ts';

/** Stands in items, figures and links, so it never changes. */
const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and dashes, such as ana-souza');

/** Something people choose from, by language: `{ en: Not ready yet, pt-BR: Ainda não é a hora }`. */
export const Label = z
  .record(z.string(), z.string().min(1).max(120))
  .refine((label) => Object.keys(label).length > 0, 'write it in one language at least, such as { en: Not ready yet }');
export type Label = z.infer<typeof Label>;

/** Where somebody is told of their leads. `endpoint` names an entry of the secret with the addresses (docs/channels.md). */
export const Channel = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('email') }),
    z.strictObject({ kind: z.literal('slack'), endpoint: Id }),
    z.strictObject({ kind: z.literal('teams'), endpoint: Id }),
    z.strictObject({ kind: z.literal('webhook'), endpoint: Id }),
  ],
  'write { kind: email }, or { kind: slack, endpoint: … } with slack, teams or webhook',
);
export type Channel = z.infer<typeof Channel>;

const Person = z.strictObject({
  id: Id,
  name: z.string().trim().min(1).max(120),
  email: z.email('write it like name@example.com'),
  channel: Channel.default({ kind: 'email' }),
  /** The language of what they are told; left out: that of `hotLead`. */
  locale: z.string().min(2).optional(),
});

const TimeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time of day like 09:00; the end of the day is 24:00');

/** On these weekdays from one time to another, by the clock of the rep. Lunch and nights are made of several. */
export const WorkingHours = z
  .strictObject({ days: z.array(Weekday).min(1), from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, 'from is before to: hours over midnight are two entries');
export type WorkingHours = z.infer<typeof WorkingHours>;

/** Days off, both ends included, in the rep's own calendar. */
export const Leave = z
  .strictObject({ from: z.iso.date('write a day like 2026-12-21'), until: z.iso.date('write a day like 2027-01-03') })
  .refine(({ from, until }) => from <= until, 'from is not after until');
export type Leave = z.infer<typeof Leave>;

export const Seniority = z.enum(['junior', 'mid', 'senior']);
export type Seniority = z.infer<typeof Seniority>;

const Capacity = z.strictObject({
  /** So many leads at a time that are not closed yet. */
  open: z.number().int().positive().default(20),
  /** So many new ones on one day of the rep's calendar; left out: any number. */
  perDay: z.number().int().positive().optional(),
});

const Words = z.array(z.string().min(1).max(64)).min(1);

const Regions = z
  .array(
    z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'write a country or region by its ISO 3166 code, such as BR or BR-SP'),
  )
  .min(1);

/** Somebody who sells: qualified leads go to them. Who leaves something out is passed over by the rules that ask for it, and by no others. */
export const Rep = Person.extend({
  /** Languages this rep sells in (BCP 47), the best one first. */
  languages: z.array(z.string().min(2)).min(1).optional(),
  /** Products and markets they know (D5). */
  skills: Words.optional(),
  industries: Words.optional(),
  /** How complex a sale they can lead (D6). */
  seniority: Seniority.optional(),
  /** Countries (ISO 3166-1: BR) and regions (ISO 3166-2: BR-SP) they sell in (D8). */
  regions: Regions.optional(),
  /** Names of `territories`: as if their regions stood in `regions`. */
  territories: z.array(Id).min(1).optional(),
  /** IANA zone; left out: the account's. */
  timeZone: TimeZone.optional(),
  /** Left out: round the clock. */
  workingHours: z.array(WorkingHours).min(1).optional(),
  /** The name of one of `holidays`. */
  holidays: Id.optional(),
  leave: z.array(Leave).optional(),
  /** Left out: that of the team. */
  capacity: Capacity.optional(),
  /** The share in the weighted ways to assign: 2 gets twice as many as 1. */
  weight: z.number().positive().max(100).default(1),
  /** Where a lead can book time with them. */
  bookingUrl: z.url({ protocol: /^https$/, error: 'write a link that begins with https://' }).optional(),
});
export type Rep = z.infer<typeof Rep>;

/** How one of several reps is chosen (D3, D7). */
export const Method = z.enum(
  ['round-robin', 'weighted', 'least-busy', 'performance'],
  'choose round-robin, weighted, least-busy or performance',
);
export type Method = z.infer<typeof Method>;

const Needs = z.strictObject({
  reps: z.array(Id).min(1).optional(),
  /** All of them. */
  skills: Words.optional(),
  /** One of them, in these and those below. */
  industries: Words.optional(),
  languages: Words.optional(),
  regions: Regions.optional(),
  territories: z.array(Id).min(1).optional(),
  seniority: z.array(Seniority).min(1).optional(),
});
export type Needs = z.infer<typeof Needs>;

/** What a rep may have to share with the lead: their `industry`, `product` (a skill), language, or country and region. */
export const Match = z.enum(['industry', 'product', 'language', 'region']);
export type Match = z.infer<typeof Match>;

/** Which leads go to whom (D4). The first rule that fits a lead, and of whose reps one is available, decides. */
export const Rule = z
  .strictObject({
    id: Id,
    /** A sentence that explains the choice to everybody. */
    name: z.string().min(1).max(200),
    /** Which leads; left out: all of whom we know what `matching` compares. */
    when: Predicate.optional(),
    matching: z.array(Match).default([]),
    needs: Needs.default({}),
    /** Left out: that of the team. */
    method: Method.optional(),
    /** When none of these reps is available: the next rule that fits, at last everybody; or the lead waits for one of these. */
    otherwise: z.enum(['next-rule', 'queue']).default('next-rule'),
  })
  .refine(
    ({ matching, needs }) => matching.length > 0 || Object.keys(needs).length > 0,
    'say to whom: write needs, or what must match',
  );
export type Rule = z.infer<typeof Rule>;

/** Points for what a rep did with their leads in the last whole week or month (D7). */
export const Performance = z.strictObject({
  /** ISO weeks and calendar months, in the account's calendar. */
  period: z.enum(['week', 'month']).default('month'),
  points: z
    .strictObject({
      won: z.number().default(10),
      meeting: z.number().default(3),
      contacted: z.number().default(1),
      /** Let their time run out. */
      missed: z.number().default(-1),
    })
    .prefault({}),
  /** The smallest and the largest share, 1 being the mean of the team: nobody starves, and nobody gets everything. */
  atLeast: z.number().positive().max(1).default(0.5),
  atMost: z.number().min(1).max(10).default(2),
});
export type Performance = z.infer<typeof Performance>;

const Assignment = z.strictObject({
  rules: z.array(Rule).default([]),
  method: Method.default('round-robin'),
  /** Somebody who comes back goes to the rep they had, if that one is available. */
  returning: z.enum(['same-rep', 'anybody']).default('same-rep'),
  performance: Performance.prefault({}),
});

const Minutes = z.number().int().min(1).max(10_000);

/** What sales may say of a lead they do not take, or have lost. `next-rep`: the lead is good, but not for them. */
const Rejection = z.strictObject({ id: Id, label: Label, then: z.enum(['close', 'next-rep']).default('close') });
const Loss = z.strictObject({ id: Id, label: Label });

/** What is told to other systems (docs/webhooks.md). */
export const HandoffChange = z.enum([
  'queued',
  'assigned',
  'accepted',
  'rejected',
  'contacted',
  'meeting',
  'won',
  'lost',
  'recycled',
  'noted',
]);
export type HandoffChange = z.infer<typeof HandoffChange>;

const Webhook = z.strictObject({
  id: Id,
  endpoint: Id,
  /** Left out: every change. */
  changes: z.array(HandoffChange).min(1).optional(),
});

/** Who sells, how qualified leads are shared among them, and what becomes of a lead nobody takes: `playbook/team.yaml`. */
export const Team = z
  .strictObject({
    reps: z.array(Rep).min(1, 'name at least one rep: a qualified lead must reach somebody'),
    /** Gets what no rep accepts in time, and hears of channels that do not work. */
    manager: Person,
    capacity: Capacity.prefault({}),
    assignment: Assignment.prefault({}),
    /** Working minutes in which a lead is to be accepted: by the first rep, then by the next one; then it is the manager's (T10). */
    sla: z.strictObject({ acceptMinutes: Minutes.default(30), nextMinutes: Minutes.default(30) }).prefault({}),
    rejectionReasons: z.array(Rejection).min(1, 'sales must be able to say why not'),
    lossReasons: z.array(Loss).min(1, 'sales must be able to say why not'),
    territories: z.array(z.strictObject({ id: Id, regions: Regions })).default([]),
    holidays: z
      .array(z.strictObject({ id: Id, days: z.array(z.strictObject({ day: z.iso.date(), name: z.string().min(1) })) }))
      .default([]),
    webhooks: z.array(Webhook).default([]),
    /** The e-mail that brings a rep their lead: a template of `playbook/emails`, in this language unless the rep has another. */
    hotLead: z.strictObject({ template: z.string().min(1), language: z.string().min(2) }),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of wrongTeam(value))
      issues.push({ code: 'custom', input: value, path: [...path], message });
  });
export type Team = z.infer<typeof Team>;

/** In this language, else in its base language, else in the first one that is written. */
export function labelIn(label: Label, language: string): string {
  const base = language.split('-')[0];
  const found = Object.entries(label).find(([each]) => each.split('-')[0] === base)?.[1];
  return label[language] ?? found ?? Object.values(label)[0] ?? '';
}

/** Does this one have a place in the roster? Everybody but the manager, also who has left; nobody has none. */
export function hasPlace({ manager }: Pick<Team, 'manager'>, id: string | null): id is string {
  return id !== null && id !== manager.id;
}

/** The rep of this id; `null` for nobody, for the manager, and for who has left. */
export function repOf({ reps }: Pick<Team, 'reps'>, id: string | null): Rep | null {
  return reps.find((rep) => rep.id === id) ?? null;
}
