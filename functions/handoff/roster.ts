import * as z from 'zod';

/** Where a rep stands in the queue for leads. */
const Place = z.object({
  /** The turn in which they last got a lead; 0: never. Who has waited longest is next (D3). */
  lastTurn: z.number().int().nonnegative(),
  /** Leads of theirs that are not closed. */
  open: z.number().int().nonnegative(),
  /** The day of their own calendar on which they last got a lead, and how many on it. */
  day: z.string(),
  taken: z.number().int().nonnegative(),
  /** What smooth weighted turns owe them, in thousandths of a lead. */
  credit: z.number().int(),
});
export type Place = z.infer<typeof Place>;

/** Who has how many leads, and whose turn it is: one item that every assignment checks, so that none is given on old news. */
export const Roster = z.object({
  ver: z.number().int().nonnegative(),
  turns: z.number().int().nonnegative(),
  places: z.record(z.string(), Place),
});
export type Roster = z.infer<typeof Roster>;

/** Before anybody had a turn. */
export const startOfRoster: Roster = { ver: 0, turns: 0, places: {} };

/** Somebody who never had a lead. */
export const noPlace: Place = { lastTurn: 0, open: 0, day: '', taken: 0, credit: 0 };

/** The roster after a rep has got a lead, on this day of their calendar. `credits`: what weighted turns left everybody with. */
export function withTaken(
  roster: Roster,
  rep: string,
  day: string,
  credits: Readonly<Record<string, number>> = {},
): Roster {
  const turns = roster.turns + 1;
  const places: Record<string, Place> = { ...roster.places };
  for (const [id, credit] of Object.entries(credits)) places[id] = { ...(places[id] ?? noPlace), credit };
  const before = places[rep] ?? noPlace;
  const taken = before.day === day ? before.taken + 1 : 1;
  places[rep] = { ...before, lastTurn: turns, open: before.open + 1, day, taken };
  return { ver: roster.ver + 1, turns, places };
}

/** The roster after a lead of a rep is closed, or has gone on to somebody else. */
export function withReleased(roster: Roster, rep: string): Roster {
  const before = roster.places[rep] ?? noPlace;
  const place = { ...before, open: Math.max(0, before.open - 1) };
  return { ...roster, ver: roster.ver + 1, places: { ...roster.places, [rep]: place } };
}
