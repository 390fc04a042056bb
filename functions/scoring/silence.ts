import { type Activity, byOccurrence } from '../leads/activity.ts';
import { type At, dayMs, type Silence } from '../leads/fold.ts';
import type { AbsenceRule } from './scoring-model.ts';

/** More than these are not kept apart: what comes late among so many is decided on the whole ledger. */
function keptDeliveries({ ignores }: AbsenceRule): number {
  return Math.max(ignores.messages, 6);
}

/** A delivery, or a sign of life: a person's open or click, an answer, or anything they did themselves (requirements §2.6). */
export function heardIn({ type, source, verdict }: Activity): 'delivery' | 'stir' | null {
  if (type === 'email.delivered') return 'delivery';
  if (type === 'email.opened' || type === 'email.clicked') return verdict?.by === 'human' ? 'stir' : null;
  if (type === 'email.replied' || type === 'email.unsubscribed') return 'stir';
  return type.startsWith('email.') || source === 'operator' ? null : 'stir';
}

export function noSilence({ points, limit }: AbsenceRule): Silence {
  return {
    points,
    ...(limit !== undefined && { limit }),
    stirredAt: null,
    stirredBefore: null,
    deliveries: [],
    windows: [],
  };
}

/**
 * The silence after one more delivery or sign of life. A window opens with the first delivery after a stir and is complete once it
 * has lasted its days and had its messages. `null` when what has come late may undo what is complete already: only the whole
 * ledger can tell. In any order of arrival the outcome is that of the order of history.
 */
export function hear(silence: Silence, what: 'delivery' | 'stir', at: At, rule: AbsenceRule): Silence | null {
  const { stirredAt, deliveries } = silence;
  const latest = [stirredAt ?? '', deliveries.at(-1)?.occurredAt ?? ''].sort().at(-1) ?? '';
  if (at.occurredAt > latest) return next(silence, what, at, rule);
  const closed = closedWindows(silence);
  const isUndone = closed.some(({ from, until }) => from <= at.occurredAt && at.occurredAt <= until);
  if (what === 'stir') {
    if (isUndone || deliveries.length >= keptDeliveries(rule)) return null;
    if (stirredAt !== null && at.occurredAt <= stirredAt) {
      const stirredBefore = [silence.stirredBefore ?? '', at.occurredAt === stirredAt ? '' : at.occurredAt].sort()[1];
      return { ...silence, stirredBefore: stirredBefore || null };
    }
    const since = deliveries.filter(({ occurredAt }) => occurredAt > at.occurredAt);
    return replay({ ...silence, windows: closed, stirredBefore: stirredAt, stirredAt: at.occurredAt }, since, rule);
  }
  // Whoever stirs at the instant of a delivery has heard it.
  if (at.occurredAt === stirredAt) return silence;
  if (stirredAt !== null && at.occurredAt < stirredAt) return isTooShort(silence, at, rule) ? silence : null;
  if (closed.some(({ until }) => until >= at.occurredAt) || deliveries.length >= keptDeliveries(rule)) return null;
  return replay({ ...silence, windows: closed }, [...deliveries, at].sort(byOccurrence), rule);
}

/** Between the last two stirs there was no room for a silence: one more delivery there changes nothing. */
function isTooShort({ stirredAt, stirredBefore }: Silence, at: At, { ignores }: AbsenceRule): boolean {
  if (stirredAt === null || stirredBefore === null || at.occurredAt <= stirredBefore) return false;
  return Date.parse(stirredAt) - Date.parse(stirredBefore) < ignores.days * dayMs;
}

/** The windows that are complete whatever comes: all but the one the present deliveries make. */
function closedWindows({ windows, deliveries }: Silence): Silence['windows'] {
  return windows.filter(({ from }) => from !== deliveries[0]?.occurredAt);
}

function replay(silence: Silence, deliveries: readonly At[], rule: AbsenceRule): Silence {
  const blank: Silence = { ...silence, deliveries: [] };
  return deliveries.reduce((state, at) => next(state, 'delivery', at, rule), blank);
}

/** One step of history, in its order. */
function next(silence: Silence, what: 'delivery' | 'stir', at: At, rule: AbsenceRule): Silence {
  const current = windowOf(silence.deliveries, rule);
  const isComplete = current !== null && at.occurredAt > current.until;
  const before = isComplete ? [] : silence.deliveries;
  const deliveries = what === 'stir' ? [] : [...before, at].slice(0, keptDeliveries(rule));
  const windows = isComplete ? silence.windows : closedWindows(silence);
  const open = windowOf(deliveries, rule);
  return {
    ...silence,
    ...(what === 'stir' && { stirredAt: at.occurredAt, stirredBefore: silence.stirredAt }),
    deliveries,
    windows: withinLimit(open ? [...windows, open] : windows, rule),
  };
}

/** Beyond so many a rule without a limit counts no more: a lead's item must not grow with the years. */
const mostSilences = 100;

/** What is beyond the rule's limit never counts: the earliest silences are kept. */
function withinLimit(windows: Silence['windows'], { points, limit }: AbsenceRule): Silence['windows'] {
  return windows.slice(0, limit === undefined ? mostSilences : Math.ceil(limit / Math.abs(points)));
}

function windowOf(deliveries: readonly At[], { ignores }: AbsenceRule): Silence['windows'][number] | null {
  const [first] = deliveries;
  const last = deliveries[ignores.messages - 1];
  if (!first || !last) return null;
  const lasted = new Date(Date.parse(first.occurredAt) + ignores.days * dayMs).toISOString();
  const [, until = lasted] = [lasted, last.occurredAt].sort();
  return { activityId: last.activityId, from: first.occurredAt, until };
}
