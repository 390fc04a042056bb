import { dayMs, type Fold, scoreReader } from '../leads/fold.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from './compiled-model.ts';

/** Beyond this a lead is not waited for: somebody will have changed the playbook by then. */
const horizonMs = 50 * 366 * dayMs;

/**
 * The instant at which a lead changes without doing anything (ISO): the score falls below what the rating or the re-arming takes,
 * or a silence is complete (S9). `null`: never. No scan looks for it: it is on the due index.
 */
export function nextChange(lead: Lead, model: CompiledModel, nowMs: number): string | null {
  const boundary = nextBoundary(lead, model);
  const crossing = boundary === null ? null : fallsBelow(lead.fold, boundary, nowMs, lead.dueAt);
  const now = new Date(nowMs).toISOString();
  const silent = Object.values(lead.fold.silences).flatMap(({ windows }) => windows.map(({ until }) => until));
  const instants = silent.filter((until) => until > now);
  if (crossing !== null) instants.push(new Date(crossing).toISOString());
  return instants.sort()[0] ?? null;
}

/** The highest figure at or below the score whose crossing means something; `null` when only more points can change anything. */
function nextBoundary({ rating, armed, score, qualification }: Lead, { model }: CompiledModel): number | null {
  const { hot, warm, margin } = model.ratings;
  const isAsked = qualification?.open === true && qualification.reason === 'explicit-request';
  const boundaries = [
    ...(rating === 'hot' && !isAsked ? [hot - margin] : []),
    ...(rating === 'hot' || rating === 'warm' ? [warm - margin] : []),
    ...(armed ? [] : [model.rearmBelow]),
  ].filter((boundary) => score.total >= boundary);
  return boundaries.length === 0 ? null : Math.max(...boundaries);
}

/**
 * The first millisecond at which the score is below the boundary. The score only falls, so halving the time finds it exactly, with
 * any number of half-lives, limits and silences; a formula exists for one half-life without limits alone (the tests hold the two
 * against each other). `known`: an instant already on the due index; if the score is still above just before it, that is early enough.
 */
function fallsBelow(fold: Fold, boundary: number, nowMs: number, known: string | null): number | null {
  const score = scoreReader(fold);
  const isBelow = (atMs: number) => score(atMs).total < boundary;
  const knownMs = known === null ? Number.NaN : Date.parse(known);
  if (knownMs > nowMs && !isBelow(knownMs - 1)) return knownMs;
  let aheadMs = dayMs;
  while (!isBelow(nowMs + aheadMs)) {
    if (aheadMs >= horizonMs) return null;
    aheadMs = Math.min(aheadMs * 4, horizonMs);
  }
  let [low, high] = [nowMs, nowMs + aheadMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isBelow(middle)) high = middle;
    else low = middle;
  }
  return high;
}
