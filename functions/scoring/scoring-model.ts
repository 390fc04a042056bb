import * as z from 'zod';
import { ActivityType } from '../leads/activity.ts';
import { Where } from '../leads/condition.ts';
import { ScoreGroup } from '../leads/fold.ts';
import { Milestone } from '../leads/lead.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens, like pricing-page');
const Points = z
  .number()
  .int()
  .min(-1000)
  .max(1000)
  .refine((points) => points !== 0, 'a rule of 0 points never shows: remove it, or give it points');
/** The most points, up or down, that a rule or a group may add at any instant. */
const Limit = z.number().int().positive().max(100_000);
const Day = z.iso.date('write a day like 2026-01-31');

/** What a rule or a signal says to a person, per language. */
const Sentence = z.object({ en: z.string().min(1) }).catchall(z.string().min(1));

/** How often one rule may pay for one lead (requirements §2.4). */
export const Scope = z.enum(['once', 'perMessage', 'perMessageAndLink', 'perDay', 'perSubject', 'always']);
export type Scope = z.infer<typeof Scope>;

/** Something the lead must have done before: at least so often, within so many days before, and so many hours apart from it. */
export const Given = z.strictObject({
  activity: ActivityType,
  where: Where.default({}),
  times: z.number().int().positive().max(100).default(1),
  withinDays: z.number().positive().max(366, 'look back at most 366 days'),
  apartHours: z.number().nonnegative().default(0),
});
export type Given = z.infer<typeof Given>;

/** Which activities are meant. */
const Match = {
  activity: ActivityType,
  where: Where.default({}),
  /** Opens and clicks of scanners earn nothing (S4, S5). */
  humanOnly: z.boolean().default(false),
};

const Worth = { id: slug, points: Points, limit: Limit.optional(), says: Sentence };

/** Points for something they did. */
export const ActivityRule = z.strictObject({
  ...Worth,
  ...Match,
  given: z.array(Given).default([]),
  scope: Scope,
  group: ScoreGroup.default('engagement'),
  /** Activities of before this day earn nothing (Q6), nor do those of `until` and later: local days of the account. */
  from: Day.optional(),
  until: Day.optional(),
});
export type ActivityRule = z.infer<typeof ActivityRule>;

/** Points for who they are: they stand for as long as what is known of them passes every test (S11, B1–B5). */
export const AttributeRule = z.strictObject({ ...Worth, attributes: Where, group: ScoreGroup.default('fit') });
export type AttributeRule = z.infer<typeof AttributeRule>;

/** Points for messages delivered to no reaction (S9): once per silence of so many days with at least so many messages. */
export const AbsenceRule = z.strictObject({
  ...Worth,
  ignores: z.strictObject({
    messages: z.number().int().positive().max(50),
    days: z.number().int().positive().max(366),
  }),
});
export type AbsenceRule = z.infer<typeof AbsenceRule>;

export const ScoringRule = z.union(
  [ActivityRule, AttributeRule, AbsenceRule],
  'write a rule with `activity:`, with `attributes:` or with `ignores:`, as in the shipped playbook',
);
export type ScoringRule = z.infer<typeof ScoringRule>;

const Signal = z.strictObject({ ...Match, says: Sentence });

const halfLifeMend = 'write how many days it takes to lose half, from 1 up, or none';
const HalfLife = z.union([z.literal('none'), z.number().min(1, halfLifeMend).max(36_500, halfLifeMend)], halfLifeMend);
const Group = z.strictObject({ halfLifeDays: HalfLife, limit: Limit.optional() });

/** From which weight on an open or a click was a machine's, and which signs are looked at (invariants §5). */
export const MachineFilter = z.strictObject({
  /** 0–1; the heaviest sign decides. */
  certainFrom: z.number().gt(0).max(1).default(0.5),
  /** A click so soon after delivery was no person's. */
  secondsAfterDelivery: z.number().nonnegative().max(60).default(5),
  /** So many different links of one message within so many seconds. */
  burst: z.strictObject({ links: z.number().int().min(2), seconds: z.number().positive().max(60) }).default({
    links: 3,
    seconds: 2,
  }),
  /** Somebody else's click on the same link so soon after (a scanner that follows what people click). */
  secondActorSeconds: z.number().nonnegative().max(60).default(60),
  /** Further scanners: a user agent that contains one of these is a machine's. */
  userAgents: z.array(z.string().min(3)).default([]),
});
export type MachineFilter = z.infer<typeof MachineFilter>;

const Disqualifier = z.strictObject({ id: slug, attributes: Where, says: Sentence });

/** What marketing owns of scoring: rules, thresholds, and which signals mean what (playbook/scoring.yaml). */
export const ScoringModel = z
  .strictObject({
    /** The score at which sales must get the lead (S13), and the level below which a lead may cross it again. */
    threshold: z.number(),
    rearmBelow: z.number(),
    /** A lead keeps a rating until it is more than `margin` below what the rating takes, so that it does not flicker. */
    ratings: z.strictObject({ hot: z.number(), warm: z.number(), margin: z.number().nonnegative().default(0) }),
    /** How long a buying signal counts beside the threshold, in days (requirements §2.8). */
    buyingSignalDays: z.number().int().positive().default(30),
    /** The least a score may be. Left out: as far down as the rules go (S12). */
    floor: z.number().int().optional(),
    groups: z
      .strictObject({ engagement: Group, fit: Group })
      .default({ engagement: { halfLifeDays: 60 }, fit: { halfLifeDays: 'none' } }),
    machines: MachineFilter.prefault({}),
    rules: z.array(ScoringRule).min(1),
    /** Who is no buyer for us, whatever their points (B5, S16). */
    disqualify: z.array(Disqualifier).default([]),
    signals: z.record(slug, Signal),
    buyingSignals: z.array(slug),
    explicitRequests: z.array(slug),
    /** Each milestone is reached when every signal named here has been seen, in any order (L1–L4). */
    milestones: z.partialRecord(Milestone, z.array(slug).min(1)),
  })
  .superRefine((model, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (model.rearmBelow > model.threshold)
      say(['rearmBelow'], `write a number not above the threshold (${model.threshold})`);
    if (model.ratings.warm >= model.ratings.hot)
      say(['ratings', 'warm'], `write a number below hot (${model.ratings.hot})`);
    const ids = [...model.rules, ...model.disqualify].map(({ id }) => id);
    for (const [index, { id }] of model.rules.entries())
      if (ids.indexOf(id) !== index) say(['rules', index, 'id'], `"${id}" is used twice: give each rule its own id`);
    const known = Object.keys(model.signals);
    const named: [(string | number)[], readonly string[]][] = [
      [['buyingSignals'], model.buyingSignals],
      [['explicitRequests'], model.explicitRequests],
      ...Object.entries(model.milestones).map(([name, signals]): [(string | number)[], readonly string[]] => [
        ['milestones', name],
        signals,
      ]),
    ];
    for (const [path, signals] of named)
      for (const [index, signal] of signals.entries())
        if (!known.includes(signal))
          say([...path, index], `there is no signal "${signal}": use one of ${known.join(', ')}`);
  });
export type ScoringModel = z.infer<typeof ScoringModel>;
