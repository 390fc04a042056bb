import { isDeepStrictEqual } from 'node:util';
import { doneWith } from '../../../functions/handoff/handing.ts';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import { noPlace, type Roster, withReleased } from '../../../functions/handoff/roster.ts';
import type { Rep, Team } from '../../../functions/handoff/team.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { awayReason, dayOf, workedUntil } from './sales-calendar.ts';
import { type Circumstances, consentIn, type Transition } from './sales-chronicle.ts';

/** Somebody may have read just before a mailbox was silenced, and stood still for as long as anybody does. */
const silencedLongMs = 40 * 60_000;
const minuteMs = 60_000;

/** What must be so when somebody gets a lead: they may have it, it may be given, and the reasons that are told are true. */
export function brokenGift(transition: Transition, circumstances: Circumstances): string[] {
  const { after, added, lead } = transition;
  const kinds = added.map(({ what }) => what);
  if (lead?.kind === 'erased') return ['I-H2: written for an erased lead'];
  const placed = kinds.some((what) => what === 'assigned' || what === 'escalated' || what === 'queued');
  if (!placed && !kinds.includes('accepted')) return [];
  const broken = placed ? forbidden(transition) : [];
  if (!kinds.includes('assigned')) return broken;
  // Whichever of the teams at work this one believed in: by it everything must be right.
  const byTeam = circumstances.teams().map((team) => brokenBy(team, transition, circumstances));
  const least = byTeam.toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (after.dueAt === null) broken.push('SLA: a rep has it, and no clock runs');
  return [...broken, ...least];
}

function forbidden({ after, lead, added }: Transition): string[] {
  if (lead?.kind !== 'lead') return ['I-H2: a hand-off of nobody'];
  const { suppressed, disqualified } = leadOf(lead);
  const gives = added.some(({ what }) => what === 'assigned' || what === 'escalated');
  return [
    ...(suppressed?.reason === 'complaint' ? ['I-H2: given after a complaint'] : []),
    ...(disqualified ? ['I-H2: given although disqualified'] : []),
    ...(gives && !isDeepStrictEqual(after.consent, consentIn(lead))
      ? [`I-H2: says ${JSON.stringify(after.consent)}, the lead ${JSON.stringify(consentIn(lead))}`]
      : []),
  ];
}

function brokenBy(team: Team, transition: Transition, { silencedSince, now }: Circumstances): string[] {
  const { before, after } = transition;
  const { reason, assignedAt, level } = after;
  const rep = team.reps.find(({ id }) => id === after.rep);
  const at = Date.parse(assignedAt ?? '');
  if (!rep) return [`routing: ${after.rep} is nobody`];
  const had = before?.rep;
  const roster = had != null && had !== team.manager.id ? withReleased(transition.roster, had) : transition.roster;
  const minutes = level === 'rep' ? team.sla.acceptMinutes : team.sla.nextMinutes;
  // Told to the minute, and never earlier than promised.
  const due = Math.ceil(workedUntil(rep, team, at, minutes) / minuteMs) * minuteMs;
  const ground = { team, roster, at, handoff: after };
  const whole = [...reason.candidates, ...reason.exclusions.map((each) => each.rep)].toSorted();
  const silentMs = now() - (silencedSince(rep.id) ?? now());
  return [
    ...(Date.parse(after.dueAt ?? '') === due
      ? []
      : [`SLA: due at ${after.dueAt}, not ${new Date(due).toISOString()}`]),
    ...barred(rep, ground).map((why) => `routing: ${rep.id} got it in spite of ${why}`),
    ...(silentMs > silencedLongMs && rep.channel.kind === 'email' ? [`routing: ${rep.id} got it and is silenced`] : []),
    ...(reason.candidates[0] === rep.id ? [] : [`routing: ${rep.id} is not the first of ${reason.candidates}`]),
    ...(isDeepStrictEqual(whole, team.reps.map(({ id }) => id).toSorted())
      ? []
      : [`routing: ${whole} is not the team`]),
    ...reason.exclusions.flatMap((each) => falseExclusion(each, ground)),
    ...outOfTurn(reason, rep.id, roster),
  ];
}

interface Ground {
  readonly team: Team;
  readonly roster: Roster;
  readonly at: number;
  readonly handoff: Handoff;
}

/** All that keeps a rep from getting this lead at this instant. */
function barred(rep: Rep, { team, roster, at, handoff }: Ground): string[] {
  const { open, taken, day } = roster.places[rep.id] ?? noPlace;
  const capacity = rep.capacity ?? team.capacity;
  const isToday = day === dayOf(rep, at);
  // What they did with it before this turn.
  const done = doneWith(handoff).filter((each) => each.rep === rep.id);
  const away = awayReason(rep, team, at);
  return [
    ...(away ? [away] : []),
    ...(open >= capacity.open ? ['capacity'] : []),
    ...(capacity.perDay !== undefined && isToday && taken >= capacity.perDay ? ['day-capacity'] : []),
    ...done.map(({ reason }) => reason),
  ];
}

/** A reason that is told of somebody who did not get it must be one. */
function falseExclusion({ rep: id, reason }: Handoff['reason']['exclusions'][number], ground: Ground): string[] {
  const rep = ground.team.reps.find((each) => each.id === id);
  if (!rep) return [`routing: ${id} is excluded and not of the team`];
  // What rules ask of a rep, and whose mailbox is silent, is somebody else's to say.
  if (reason === 'not-named' || reason === 'silenced') return [];
  return barred(rep, ground).includes(reason) ? [] : [`routing: ${id} is told to be out by ${reason}, and is not`];
}

function outOfTurn({ method, candidates }: Handoff['reason'], chosen: string, { places }: Roster): string[] {
  const of = (id: string) => places[id] ?? noPlace;
  const others = candidates.filter((id) => id !== chosen);
  const isBefore = (id: string) =>
    method === 'round-robin'
      ? of(id).lastTurn < of(chosen).lastTurn
      : method === 'least-busy' && of(id).open < of(chosen).open;
  return others.filter(isBefore).map((id) => `fairness: it was ${id}'s turn by ${method}, not ${chosen}'s`);
}
