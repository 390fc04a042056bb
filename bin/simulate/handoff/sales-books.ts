import { isDeepStrictEqual } from 'node:util';
import { type Handoff, isOpen, speedToLeadMs } from '../../../functions/handoff/handoff.ts';
import { RepRecord, withDeeds } from '../../../functions/handoff/rep-record.ts';
import { Roster, startOfRoster } from '../../../functions/handoff/roster.ts';
import { key } from '../../../functions/leads/table.ts';
import type { HandoffSimulation } from './handoff-simulation.ts';
import { dayOf } from './sales-calendar.ts';
import type { Deed } from './sales-chronicle.ts';

/** Roster, records and ledger say what has happened to the hand-offs, no more and no less. */
export function brokenBooks(simulation: HandoffSimulation, handoffs: readonly Handoff[]): string[] {
  const item = simulation.table.get(key.roster());
  const roster = item ? Roster.parse(item) : startOfRoster;
  const { manager } = simulation.story.team.first;
  const reps = [...new Set([...simulation.story.team.first.reps.map(({ id }) => id), ...Object.keys(roster.places)])];
  const taken = simulation.chronicle.deeds.filter((deed) => takes(deed) && deed.rep !== manager.id);
  return [
    ...reps.flatMap((rep) => brokenPlace(rep, roster, taken, handoffs, simulation)),
    ...(roster.turns === taken.length ? [] : [`roster: ${roster.turns} turns, and ${taken.length} leads were given`]),
    ...reps.flatMap((rep) => brokenRecord(rep, simulation)),
    ...handoffs.flatMap((handoff) => brokenLedger(handoff, simulation)),
    ...unfair(simulation, reps, taken),
  ];
}

/** Somebody got a lead by this: given to them, or taken over. */
function takes({ what, turnBefore, turnAfter }: Deed): boolean {
  return what === 'assigned' || (what === 'accepted' && turnAfter > turnBefore);
}

function brokenPlace(
  rep: string,
  { places }: Roster,
  taken: readonly Deed[],
  handoffs: readonly Handoff[],
  { story }: HandoffSimulation,
): string[] {
  const place = places[rep];
  const own = taken.filter((deed) => deed.rep === rep);
  const open = handoffs.filter((handoff) => handoff.rep === rep && isOpen(handoff)).length;
  const broken = (place?.open ?? 0) === open ? [] : [`roster: ${rep} has ${place?.open ?? 0} open, in fact ${open}`];
  const last = own.at(-1);
  if (!place || !last) return broken;
  // The latest by the roster's turns: clocks may differ.
  const known = story.team.first.reps.find(({ id }) => id === rep) ?? null;
  const onDay = own.filter(({ at }) => dayOf(known, Date.parse(at)) === place.day).length;
  const lastTurn = taken.lastIndexOf(last) + 1;
  return [
    ...broken,
    ...(place.day === dayOf(known, Date.parse(last.at))
      ? []
      : [`roster: ${rep} had one on ${last.at}, not on ${place.day}`]),
    ...(place.taken === onDay ? [] : [`roster: ${rep} got ${onDay} on ${place.day}, says ${place.taken}`]),
    ...(place.lastTurn === lastTurn ? [] : [`roster: ${rep} had turn ${lastTurn} at last, says ${place.lastTurn}`]),
  ];
}

const counted = [
  'assigned',
  'accepted',
  'contacted',
  'meeting',
  'won',
  'lost',
  'rejected',
  'recycled',
  'missed',
] as const;

/** A rep's record is the sum of what they did. */
function brokenRecord(rep: string, { chronicle, table }: HandoffSimulation): string[] {
  const item = table.get(key.repRecord(rep));
  const stored = item ? RepRecord.parse(item).days : {};
  let sum: RepRecord = { rep, days: {}, ver: 0 };
  for (const { what, after, rep: whose } of chronicle.deeds) {
    const deed = counted.find((each) => each === what);
    if (whose !== rep || !deed) continue;
    // Who let it lie and who got it then count at one instant, be it midnight between their two lines.
    const at = after.history.at(-1)?.at ?? after.qualifiedAt;
    sum = withDeeds(sum, dayOf(null, Date.parse(at)), {
      [deed]: 1,
      ...(deed === 'accepted' && { speedMs: speedToLeadMs(after) ?? 0 }),
      ...(deed === 'won' && { wonMinor: after.amount?.amountMinor ?? 0 }),
    });
  }
  return isDeepStrictEqual(stored, sum.days)
    ? []
    : [`records: ${rep} has ${JSON.stringify(stored)}, did ${JSON.stringify(sum.days)}`];
}

/** What people of sales have said stands once in the lead's ledger. */
function brokenLedger({ handoffId, leadId }: Handoff, { chronicle, table }: HandoffSimulation): string[] {
  const types: Readonly<Record<string, string>> = { won: 'deal.won', lost: 'deal.lost' };
  const wanted = chronicle.deeds
    .filter((deed) => deed.handoffId === handoffId && deed.by !== null && deed.what !== 'declined')
    .map(({ what }) => types[what] ?? `handoff.${what}`);
  const stored = table
    .query({
      condition: 'pk = :pk',
      given: { names: {}, values: { ':pk': key.lead(leadId).pk } },
      backwards: false,
    })
    .items.filter(
      ({ kind, source, properties }) =>
        kind === 'activity' && source === 'handoff' && Object(properties).handoffId === handoffId,
    )
    .map(({ type }) => String(type));
  return isDeepStrictEqual(stored.toSorted(), wanted.toSorted())
    ? []
    : [`I-Q1: the ledger has ${stored.toSorted()} of ${handoffId}, sales said ${wanted.toSorted()}`];
}

/** Equal reps who are always there get equally many; one with twice the weight twice as many, as far as leads can be shared. */
function unfair({ story }: HandoffSimulation, reps: readonly string[], taken: readonly Deed[]): string[] {
  if (!story.team.isFair) return [];
  const { reps: known, assignment } = story.team.first;
  const weightOf = (id: string) =>
    assignment.method === 'weighted' ? (known.find((rep) => rep.id === id)?.weight ?? 1) : 1;
  const whole = reps.reduce((sum, id) => sum + weightOf(id), 0);
  return reps.flatMap((id) => {
    const share = (taken.length * weightOf(id)) / whole;
    const got = taken.filter(({ rep }) => rep === id).length;
    return Math.abs(got - share) < 1
      ? []
      : [`fairness: ${id} got ${got} of ${taken.length}, ${share.toFixed(2)} would be right`];
  });
}
