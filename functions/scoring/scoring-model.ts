import * as z from 'zod';
import { type Activity, ActivityType } from '../leads/activity.ts';
import { Milestone } from '../leads/lead.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens, like pricing-page');
const Literal = z.union([z.string(), z.number(), z.boolean()]);

/** A test on one property. Exactly one operator: two would hide which of them said no. */
const Test = z.union(
  [
    z.strictObject({ equals: Literal }),
    z.strictObject({ oneOf: z.array(Literal).min(1) }),
    z.strictObject({ startsWith: z.string().min(1) }),
  ],
  'write one test, such as { equals: ebook }, { oneOf: [ebook, webinar] } or { startsWith: /pricing }',
);
type Test = z.infer<typeof Test>;

/** Which activities are meant: a type, and what its properties must be (all of them). */
const Match = { activity: ActivityType, where: z.record(z.string(), Test).default({}) };

/** What a rule or a signal says to a person, per language. */
const Sentence = z.object({ en: z.string().min(1) }).catchall(z.string().min(1));

/** How often one rule may pay for one lead (requirements §2.4). */
export const Scope = z.enum(['once', 'perMessage', 'perMessageAndLink', 'perDay', 'perSubject', 'always']);
export type Scope = z.infer<typeof Scope>;

export const ScoringRule = z.strictObject({
  id: slug,
  ...Match,
  points: z
    .number()
    .int()
    .min(-1000)
    .max(1000)
    .refine((points) => points !== 0, 'a rule of 0 points never shows: remove it, or give it points'),
  scope: Scope,
  /** The most points, up or down, that this rule may add in all. */
  limit: z.number().int().positive().optional(),
  /** Opens and clicks of scanners earn nothing (S4, S5). */
  humanOnly: z.boolean().default(false),
  group: z.enum(['engagement', 'fit']).default('engagement'),
  says: Sentence,
});
export type ScoringRule = z.infer<typeof ScoringRule>;

const Signal = z.strictObject({ ...Match, humanOnly: z.boolean().default(false), says: Sentence });

/** What marketing owns of scoring: rules, thresholds, and which signals mean what (playbook/scoring.yaml). */
export const ScoringModel = z
  .strictObject({
    /** The score at which sales must get the lead (S13), and the level below which a lead may cross it again. */
    threshold: z.number(),
    rearmBelow: z.number(),
    ratings: z.strictObject({ hot: z.number(), warm: z.number() }),
    /** How long a buying signal counts beside the threshold, in days (requirements §2.8). */
    buyingSignalDays: z.number().int().positive().default(30),
    rules: z.array(ScoringRule).min(1),
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
    const ids = model.rules.map(({ id }) => id);
    for (const [index, id] of ids.entries())
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

/** Is this one of the activities that `match` means? */
export function matches(
  match: { readonly activity: string; readonly where: Readonly<Record<string, Test>>; readonly humanOnly: boolean },
  activity: Pick<Activity, 'type' | 'properties' | 'verdict'>,
): boolean {
  if (match.activity !== activity.type) return false;
  if (match.humanOnly && activity.verdict !== undefined && activity.verdict.by !== 'human') return false;
  return Object.entries(match.where).every(([name, test]) => passes(test, activity.properties[name]));
}

function passes(test: Test, value: unknown): boolean {
  if ('equals' in test) return value === test.equals;
  if ('oneOf' in test) return test.oneOf.some((literal) => literal === value);
  return typeof value === 'string' && value.startsWith(test.startsWith);
}
