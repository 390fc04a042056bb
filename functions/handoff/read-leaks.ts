import * as z from 'zod';
import { Day, localDay, nextDay } from '../leads/calendar.ts';
import { dayMs } from '../leads/fold.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { type Lead, Milestone } from '../leads/lead.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { LeadCase, LeaksStore, Reached } from './leaks.store.ts';
import {
  type Fate,
  fateWithSales,
  goalsAfter,
  type Leak,
  type LeakQuestion,
  ownLeak,
  quietDays,
  type UnderWay,
} from './leaks.ts';

/** So many of them have this fate, with a few to look at. */
export interface LeakLine<Cause> {
  readonly cause: Cause;
  readonly reason: string | null;
  readonly leads: number;
  /** Of all who became what is asked about, 0 to 1. */
  readonly share: number;
  readonly examples: readonly { readonly leadId: string; readonly name: string }[];
}

/** Who became something in a range of days, how many went on, and why the others did not (U6). */
export interface LeakReport {
  readonly from: string;
  readonly to: string;
  readonly stage: Milestone;
  readonly goal: Milestone;
  readonly noFollowUpDays: number;
  readonly leads: number;
  readonly wentOn: number;
  /** The biggest first; each lead counts once. */
  readonly leaks: readonly LeakLine<Leak>[];
  readonly underWay: readonly LeakLine<UnderWay>[];
}

export interface ReadLeaksDeps {
  readonly leaks: LeaksStore;
  readonly leads: Pick<LeadStore, 'between'>;
  readonly timeZone: string;
  readonly knowsPricing: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One answer reads each of these leads. */
const mostLeads = 10_000;
export const longestRange = 31;

const Query = z.object({
  from: Day.optional(),
  to: Day.optional(),
  stage: Milestone.exclude(['customer'], 'choose lead, iql, mql, sql, trial or opportunity').default('mql'),
  goal: Milestone.default('customer'),
  noFollowUpDays: z.coerce.number().int().min(1).max(365).default(7),
});

/** `GET /api/leaks?from=&to=&stage=mql&goal=customer&noFollowUpDays=7`, by default the last 31 days. */
export async function answerLeaks({ query }: Pick<HttpRequest, 'query'>, deps: ReadLeaksDeps): Promise<HttpAnswer> {
  return json(200, await readLeaks(query, deps));
}

/** @throws RequestError on a range that is none, is too long, or has too many leads. */
export async function readLeaks(query: URLSearchParams, deps: ReadLeaksDeps): Promise<LeakReport> {
  const { from, to, stage, goal, noFollowUpDays } = asked(query, deps);
  const { knowsPricing } = deps;
  const question = { goal, noFollowUpDays, knowsPricing, now: deps.now() };
  const tally = tallyFates();
  const reached = await reachedIn(from, to, stage, deps);
  for (let first = 0; first < reached.length; first += leadsAtOnce) {
    const cases = await deps.leaks.cases(reached.slice(first, first + leadsAtOnce));
    const fates = await Promise.all(cases.map((one) => fateOf(one, question, deps)));
    for (const [index, fate] of fates.entries()) {
      const lead = cases[index]?.lead;
      if (lead) tally.add(lead, fate);
    }
  }
  return { from, to, stage, goal, noFollowUpDays, ...tally.counts() };
}

/** Their ledgers are read side by side, so many at a time. */
const leadsAtOnce = 100;

async function reachedIn(
  from: string,
  to: string,
  stage: Milestone,
  { leaks }: ReadLeaksDeps,
): Promise<readonly Reached[]> {
  const reached: Reached[] = [];
  for (let day = from; day <= to; day = nextDay(day))
    for await (const some of leaks.reached(day, stage)) {
      reached.push(...some);
      if (reached.length > mostLeads)
        throw new RequestError(
          422,
          'too-many-leads',
          `More than ${mostLeads} leads became this in these days: ask for fewer days.`,
          'from',
        );
    }
  return reached;
}

async function fateOf(one: LeadCase, question: LeakQuestion, { leads }: ReadLeaksDeps): Promise<Fate> {
  const known = fateWithSales(one, question);
  if (known) return known;
  const until = new Date(Date.parse(one.reachedAt) + quietDays * dayMs).toISOString();
  return ownLeak(one, await leads.between(one.lead.leadId, one.reachedAt, until), question);
}

const shownExamples = 5;

type Counted = {
  readonly fate: Exclude<Fate, { fate: 'went-on' }>;
  leads: number;
  readonly examples: { leadId: string; name: string }[];
};

function tallyFates() {
  const counted = new Map<string, Counted>();
  let [leads, wentOn] = [0, 0];
  return {
    add(lead: Lead, fate: Fate): void {
      leads += 1;
      if (fate.fate === 'went-on') {
        wentOn += 1;
        return;
      }
      const name = [fate.cause, 'reason' in fate ? fate.reason : null].join(' ');
      const line = counted.get(name) ?? { fate, leads: 0, examples: [] };
      line.leads += 1;
      if (line.examples.length < shownExamples) line.examples.push({ leadId: lead.leadId, name: nameOf(lead) });
      counted.set(name, line);
    },
    counts() {
      const lines = [...counted.values()].sort((a, b) => b.leads - a.leads);
      const line = ({ leads: count, examples }: Counted) => ({ leads: count, share: count / leads, examples });
      return {
        ...{ leads, wentOn },
        leaks: lines.flatMap((one) =>
          one.fate.fate === 'leaked' ? [{ cause: one.fate.cause, reason: one.fate.reason, ...line(one) }] : [],
        ),
        underWay: lines.flatMap((one) =>
          one.fate.fate === 'under-way' ? [{ cause: one.fate.cause, reason: null, ...line(one) }] : [],
        ),
      };
    },
  };
}

function nameOf({ attributes, emailAsTyped }: Lead): string {
  return typeof attributes.name === 'string' && attributes.name !== '' ? attributes.name : emailAsTyped;
}

function asked(query: URLSearchParams, { now, timeZone }: ReadLeaksDeps) {
  const parsed = Query.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RequestError(400, 'bad-query', issue?.message ?? 'this query is not understood', issue?.path.join('.'));
  }
  const today = localDay(new Date(now()).toISOString(), timeZone);
  const { to = today, stage, goal, noFollowUpDays } = parsed.data;
  const { from = daysBefore(to, longestRange - 1) } = parsed.data;
  if (from > to) throw new RequestError(400, 'bad-range', 'from must not be after to', 'from');
  if (daysBefore(to, longestRange - 1) > from)
    throw new RequestError(400, 'range-too-long', `ask for ${longestRange} days at most`, 'from');
  if (!goalsAfter(stage).includes(goal))
    throw new RequestError(
      400,
      'bad-goal',
      `choose what comes after ${stage}: ${goalsAfter(stage).join(', ')}`,
      'goal',
    );
  return { from, to, stage, goal, noFollowUpDays };
}

/** The day so many days before a day. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);
}
