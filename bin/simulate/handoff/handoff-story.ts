import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import type { Chance } from '../../demo/chance.ts';
import { emailOf } from '../doings.ts';
import { pepper } from '../keys.ts';
import { type SalesTeam, salesTeamOf } from './sales-team.ts';

/** Something that a lead, or the world around sales, does. */
export type Deed =
  | { readonly kind: 'activity'; readonly activity: CapturedActivity }
  | { readonly kind: 'erase'; readonly leadId: string }
  | { readonly kind: 'silence'; readonly rep: string };

export interface Doing {
  readonly afterMs: number;
  readonly deed: Deed;
}

/** How the people of sales are today; each is how likely, 0–1. */
export interface Temper {
  /** Answers at all what they are told of. */
  readonly answers: number;
  /** Waits until their time is nearly up, so that the answer and the clock meet. */
  readonly waits: number;
  /** Says no at first. */
  readonly rejects: number;
  /** Somebody else accepts from the page at the same moment. */
  readonly rivals: number;
  /** Ends what they have accepted. */
  readonly closes: number;
  /** Presses an old link again. */
  readonly repeats: number;
}

/** What will happen in one history of hand-offs, before any fault. */
export interface HandoffStory {
  readonly team: SalesTeam;
  readonly doings: readonly Doing[];
  readonly temper: Temper;
  /** When the changed team is deployed. */
  readonly changeAfterMs: number;
  readonly redriveAfterMs: number;
  /** From then on everything is calm; a while later, after nobody waits for somebody who is there, the relieved team is deployed. */
  readonly calmAfterMs: number;
  readonly reliefAfterMs: number;
  /** Which lead is whose address: to say who was erased. */
  readonly people: readonly string[];
}

const minuteMs = 60_000;

export function handoffStoryOf(chance: Chance): HandoffStory {
  const team = salesTeamOf(chance);
  const { isFair } = team;
  const people = isFair ? chance.between(2, 5) : chance.weighted(crowds);
  // All at once, or over some minutes: over a boundary of the calendar, when there is one.
  const spanMs = chance.weighted([
    [500, 2],
    [2 * minuteMs, 2],
    [15 * minuteMs, 2],
  ]);
  const doings = Array.from({ length: people }, (_, who) => doingsOf(chance, { who, spanMs, team })).flat();
  if (!isFair && chance.happens(0.15))
    doings.push({ afterMs: spanMs * chance.next(), deed: { kind: 'silence', rep: chance.pick(team.first.reps).id } });
  const lastMs = Math.max(...doings.map(({ afterMs }) => afterMs));
  const calmAfterMs = lastMs + 20 * minuteMs;
  return {
    team,
    doings,
    temper: isFair ? silent : chance.weighted(tempers),
    changeAfterMs: chance.happens(0.7) ? chance.pick(doings).afterMs + chance.next() * 5_000 : lastMs * chance.next(),
    redriveAfterMs: lastMs * chance.next(),
    calmAfterMs,
    reliefAfterMs: calmAfterMs + chance.pick([35 * minuteMs, 60 * minuteMs]),
    people: Array.from({ length: people }, (_, who) => leadIdOf(emailOf(who), pepper)),
  };
}

const crowds = [
  [1, 6],
  [2, 5],
  [3, 2],
  [5, 0.5],
] as const;

const silent: Temper = { answers: 0, waits: 0, rejects: 0, rivals: 0, closes: 0, repeats: 0 };
const tempers = [
  [silent, 1.5],
  [{ answers: 0.9, waits: 0.2, rejects: 0.2, rivals: 0.3, closes: 0.8, repeats: 0.3 }, 4],
  [{ answers: 0.8, waits: 0.8, rejects: 0.2, rivals: 0.3, closes: 0.5, repeats: 0.4 }, 2],
  [{ answers: 0.95, waits: 0.1, rejects: 0.8, rivals: 0.1, closes: 0.8, repeats: 0.3 }, 1.5],
] as const;

interface Course {
  readonly who: number;
  readonly spanMs: number;
  readonly team: SalesTeam;
}

/** Asks for sales, and mostly something else at the moment that hurts. */
function doingsOf(chance: Chance, { who, spanMs, team }: Course): Doing[] {
  const { isFair } = team;
  const leadId = leadIdOf(emailOf(who), pepper);
  const firstMs = spanMs * chance.next();
  const doings: Doing[] = [];
  let count = 0;
  const does = (afterMs: number, type: string, more: Partial<CapturedActivity> = {}) => {
    count += 1;
    const activity = CapturedActivity.parse({
      activityId: `p${who}-${String(count).padStart(2, '0')}-${chance.between(1000, 9999)}`,
      type,
      source: 'form',
      occurredAt: new Date(team.startMs + Math.floor(afterMs)).toISOString(),
      subject: { email: emailOf(who) },
      ...more,
    });
    // Mostly told at once; a few come late.
    const lateMs = chance.happens(0.9) ? chance.next() * 2_000 : chance.next() * 5 * minuteMs;
    doings.push({ afterMs: afterMs + lateMs, deed: { kind: 'activity', activity } });
  };
  does(firstMs, 'form.submitted', requestOf(chance));
  if (isFair) return doings;
  // At once, within the time to accept, or when it may be over.
  const soon = () => firstMs + chance.pick([3_000, minuteMs, 6 * minuteMs, 12 * minuteMs]) * chance.next();
  const againMs = soon();
  if (chance.happens(0.35)) does(againMs, 'form.submitted', requestOf(chance));
  if (chance.happens(0.15)) does(soon(), 'trial.started', { source: 'tracker' });
  if (chance.happens(0.15))
    does(soon(), chance.pick(['appointment.cancelled', 'appointment.moved', 'appointment.booked']));
  if (chance.happens(0.15))
    does(soon(), chance.pick(['deal.won', 'deal.won', 'deal.lost']), {
      source: chance.pick(['operator', 'tracker']),
      properties: { amountMinor: chance.between(1, 9) * 100, currency: 'BRL' },
    });
  if (chance.happens(0.1)) does(soon(), 'email.unsubscribed', { source: 'page' });
  if (chance.happens(0.08)) does(soon(), 'email.complained', { source: 'ses' });
  if (chance.happens(0.08)) {
    does(soon(), 'form.submitted', { attributes: { revenue: 500 } });
    if (chance.happens(0.5)) does(soon(), 'form.submitted', { attributes: { revenue: 5_000 } });
  }
  // Mostly whenever it is; some just as sales is about to get them once more.
  const erasedMs = chance.happens(0.7) ? soon() : againMs + chance.next() * 6_000;
  if (chance.happens(0.12)) doings.push({ afterMs: erasedMs, deed: { kind: 'erase', leadId } });
  return doings;
}

function requestOf(chance: Chance): Partial<CapturedActivity> {
  return {
    properties: { explicitRequest: true, funnelStage: 'BOFU', solution: true },
    ...(chance.happens(0.25) && { attributes: { industry: chance.pick(['mining', 'retail']) } }),
    consents: chance.happens(0.7) ? [{ purpose: 'marketing', status: 'granted', evidence: 'ticked' }] : [],
  };
}
