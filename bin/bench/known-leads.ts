import type { CapturedActivity } from '../../functions/leads/activity.ts';
import { aPerson, type Deeds, type Person } from './people.ts';
import type { ScoringDoor } from './scoring-door.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Somebody known: came by the trial form, and has done things since. Time goes on with everything they do. */
export interface KnownLead {
  readonly person: Person;
  /** Takes what they do `n` minutes after the last. */
  later(minutes: number): number;
}

/** Monday noon in the account's zone, in a month without a change of clocks. */
const beginning = Date.UTC(2026, 2, 2, 15);

/** The door's clock goes with what it is given: an activity is taken a second after it happened. */
export async function takeAt(door: ScoringDoor, captured: readonly CapturedActivity[]): Promise<void> {
  const latest = captured.map(({ occurredAt }) => Date.parse(occurredAt));
  door.at(Math.max(...latest) + 1000);
  await door.take(captured);
}

/** A lead of so many activities, the trial form's three among them: pages, and mail that was delivered and not opened. */
export async function aKnownLead(
  n: number,
  activities: number,
  { door, people }: { door: ScoringDoor; people: Deeds },
): Promise<KnownLead> {
  const person = aPerson(n);
  let at = beginning;
  const later = (minutes: number) => {
    at += minutes * minuteMs;
    return at;
  };
  const form = await people.submit(person, 'trial', at);
  await takeAt(door, form);
  const deeds = Array.from({ length: Math.max(0, activities - form.length) }, (_, index) =>
    index % 12 === 11
      ? people.mail(person, 'Delivery', 100 + index, later(60))
      : people.view(person, `/blog/article-${index}`, later(17)),
  );
  for (let first = 0; first < deeds.length; first += 10) await takeAt(door, deeds.slice(first, first + 10));
  at = Math.max(at, beginning) + dayMs;
  return { person, later };
}
