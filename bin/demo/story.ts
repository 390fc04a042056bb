import { type Arrival, arrival } from './arrivals.ts';
import { type Chance, chance } from './chance.ts';
import { type Person, somebody } from './people.ts';

/** One thing somebody does. Page views carry their own time; everything else happens at the scene's. */
export type Act =
  | {
      readonly kind: 'views';
      readonly visitor: string;
      readonly path: string;
      readonly at: number;
      readonly arrival: Arrival;
    }
  | {
      readonly kind: 'submits';
      readonly person: Person;
      readonly form: string;
      readonly consents: boolean;
      readonly arrival: Arrival;
    }
  | { readonly kind: 'reads'; readonly person: Person; readonly clicks: boolean }
  | { readonly kind: 'unsubscribes'; readonly person: Person }
  | { readonly kind: 'is-scanned'; readonly person: Person };

/** A moment of the month, and all that has happened since the one before. Epoch milliseconds. */
export interface Scene {
  readonly at: number;
  readonly acts: readonly Act[];
}

/** How a visitor who leaves an address behaves: what they ask for first, and how eager they stay. */
interface Character {
  readonly forms: readonly (readonly [string, number])[];
  /** Chances, 0–1, of each later e-mail being opened and then clicked, and of a look at the prices along the way. */
  readonly opens: number;
  readonly clicks: number;
  readonly looksAtPrices: number;
  /** The form they may come back for, and how likely. */
  readonly comesBackFor?: readonly [string, number];
  readonly leaves?: number;
}

const information = [
  ['ebook', 5],
  ['checklist', 3],
  ['newsletter', 2],
] as const;
const solution = [
  ['webinar', 3],
  ['case-study', 3],
] as const;

const characters: readonly (readonly [Character, number])[] = [
  [{ forms: information, opens: 0.3, clicks: 0.05, looksAtPrices: 0.03, leaves: 0.04 }, 46],
  [
    {
      forms: [...information, ...solution],
      opens: 0.7,
      clicks: 0.3,
      looksAtPrices: 0.12,
      comesBackFor: ['trial', 0.1],
    },
    36,
  ],
  [
    { forms: [['trial', 4], ...solution], opens: 0.9, clicks: 0.7, looksAtPrices: 0.85, comesBackFor: ['trial', 0.4] },
    10,
  ],
  [
    {
      forms: [
        ['demo', 1],
        ['consultation', 1],
      ],
      opens: 0.8,
      clicks: 0.3,
      looksAtPrices: 0.6,
    },
    7,
  ],
  [{ forms: information, opens: 0.6, clicks: 0.1, looksAtPrices: 0.05, leaves: 0.8 }, 6],
];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** When the scenes of a day are, in hours after its start. */
const sceneHours = [9.4, 13.1, 18.3];
const pages = ['/', '/', '/features', '/blog/lead-scoring', '/blog/speed-to-lead', '/customers'];

/**
 * A month of a small company's leads: the same for the same seed. `startsAt` and `endsAt` are epoch milliseconds; days begin
 * at `startsAt` and count 24 hours.
 */
export function story({
  seed,
  startsAt,
  endsAt,
}: {
  seed: number;
  startsAt: number;
  endsAt: number;
}): readonly Scene[] {
  const dice = chance(seed);
  const moments = momentsOf(startsAt, endsAt, dice);
  const acts = new Map<number, Act[]>(moments.map((at) => [at, []]));
  let number = 0;
  for (const [index, at] of moments.entries()) {
    const here: Stage = { moments, index, acts, dice };
    for (let guest = 0; guest < visitorsAt(at, startsAt, dice); guest++) {
      number += 1;
      const from = arrival(dice);
      if (dice.happens(0.24)) becomesLead(somebody(number, dice), from, here);
      else looksAround(`demo-visitor-${number}`, from, here);
    }
  }
  return moments.map((at) => ({ at, acts: acts.get(at) ?? [] }));
}

interface Stage {
  readonly moments: readonly number[];
  readonly index: number;
  readonly acts: ReadonlyMap<number, Act[]>;
  readonly dice: Chance;
}

function momentsOf(startsAt: number, endsAt: number, dice: Chance): readonly number[] {
  const days = Math.ceil((endsAt - startsAt) / dayMs);
  return Array.from({ length: days }, (_, day) => day)
    .flatMap((day) => sceneHours.map((hour) => startsAt + day * dayMs + hour * hourMs + dice.between(0, 30) * minuteMs))
    .filter((at) => at < endsAt);
}

/** Fewer on a weekend, more as the month goes on and campaigns find their people. */
function visitorsAt(at: number, startsAt: number, dice: Chance): number {
  const weekend = [0, 6].includes(new Date(at).getUTCDay());
  const growth = 1 + (at - startsAt) / dayMs / 60;
  return Math.round((weekend ? 4 : 11) * growth * (0.6 + dice.next() * 0.8));
}

function looksAround(visitor: string, from: Arrival, stage: Stage): void {
  const { dice } = stage;
  for (
    let views = dice.weighted([
      [1, 6],
      [2, 3],
      [4, 1],
    ]);
    views > 0;
    views--
  )
    view(visitor, dice.happens(0.12) ? '/pricing' : dice.pick(pages), from, stage);
}

function becomesLead(person: Person, from: Arrival, stage: Stage): void {
  const { dice, moments, index } = stage;
  const character = dice.weighted(characters);
  const form = dice.weighted(character.forms);
  looksAround(person.visitor, from, stage);
  view(person.visitor, `/p/${form}`, from, stage);
  const reachable = withMailbox(person, dice);
  act(stage, index, { kind: 'submits', person: reachable, form, consents: dice.happens(0.92), arrival: from });
  // The promised asset and three welcome mails come at once, two and five days later: three scenes make a day.
  for (const later of [1, 2, 7, 16].map((scenes) => index + scenes + dice.between(0, 2))) {
    if (!moments[later]) return;
    if (dice.happens(0.06)) act(stage, later, { kind: 'is-scanned', person: reachable });
    if (!dice.happens(character.opens)) continue;
    act(stage, later, { kind: 'reads', person: reachable, clicks: dice.happens(character.clicks) });
    if (dice.happens(character.looksAtPrices)) view(person.visitor, '/pricing', from, { ...stage, index: later });
    if (dice.happens(character.leaves ?? 0)) {
      act(stage, later, { kind: 'unsubscribes', person: reachable });
      return;
    }
  }
  const [back, share] = character.comesBackFor ?? ['', 0];
  const again = index + dice.between(9, 24);
  if (dice.happens(share))
    act(stage, again, { kind: 'submits', person: reachable, form: back, consents: true, arrival: from });
}

/** A few addresses do not work, and one in a long while complains: the mailbox simulator's, so that SES says so. */
function withMailbox(person: Person, dice: Chance): Person {
  const box = dice.weighted([
    ['', 97],
    ['bounce', 2],
    ['complaint', 0.6],
  ]);
  return box === '' ? person : { ...person, email: `${box}+${person.email.split('@')[0]}@simulator.amazonses.com` };
}

/** A page looked at, some time since the moment before. */
function view(visitor: string, path: string, from: Arrival, stage: Stage): void {
  const { moments, index, dice } = stage;
  const now = moments[index];
  if (now === undefined) return;
  const since = moments[index - 1] ?? now - hourMs;
  act(stage, index, {
    kind: 'views',
    visitor,
    path,
    at: Math.round(since + dice.next() * (now - since)),
    arrival: from,
  });
}

function act({ moments, acts }: Stage, index: number, done: Act): void {
  const at = moments[index];
  if (at !== undefined) acts.get(at)?.push(done);
}
