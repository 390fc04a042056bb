import { Team } from '../../../functions/handoff/team.ts';
import type { Chance } from '../../demo/chance.ts';

/** What somebody's team.yaml says, as an object that `Team` takes. */
type Written = Readonly<Record<string, unknown>> & { readonly id: string };

/** The team of one history. `scene` says what its calendar is about to do. */
export interface SalesTeam {
  /** As at the start. */
  readonly first: Team;
  /** As after a change of the playbook in the middle; both are at work together for some minutes. `null`: it stays. */
  readonly changed: Team | null;
  /** As at the end: nobody is away or full any more, so that whoever waits gets a rep. */
  readonly relieved: Team;
  readonly startMs: number;
  /** Equal reps who are always there and never answer: theirs must be shared evenly. */
  readonly isFair: boolean;
}

const minuteMs = 60_000;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

// By the clock of São Paulo, where most of them are: 2 March 2026 is a Monday. UTC−3.
const at = (day: number, hours: number, minutes: number) => Date.UTC(2026, 2, day, hours + 3, minutes);

/** When a history begins: in the middle of a working day, or a quarter of an hour before something changes for somebody. */
const scenes: readonly (readonly [{ readonly startMs: number; readonly limits: boolean }, number])[] = [
  [{ startMs: at(3, 10, 0), limits: false }, 5],
  [{ startMs: at(3, 8, 50), limits: true }, 2],
  [{ startMs: at(3, 11, 50), limits: true }, 2],
  [{ startMs: at(3, 23, 50), limits: true }, 1.5],
  [{ startMs: at(6, 17, 45), limits: true }, 0.5],
];

export function salesTeamOf(chance: Chance): SalesTeam {
  const { startMs, limits } = chance.weighted(scenes);
  const isFair = !limits && chance.happens(0.25);
  const reps = ['ana', 'bruno', 'carla', 'davi'].slice(0, chance.weighted(isFair ? fewOrMany : mostlyFew));
  const method = chance.weighted(isFair ? evenly : methods);
  const firsts = reps.map((id, index) => (isFair ? plain(id, index, method) : repOf(chance, id, limits)));
  // Somebody is always there, but for a few teams: a night without anybody is long.
  const someone = chance.happens(0.85) ? firsts.map((rep, index) => (index === 0 ? withoutHours(rep) : rep)) : firsts;
  const team = { ...rules(chance, isFair), assignment: assignmentOf(chance, method, isFair) };
  const first = teamOf({ ...team, capacity: isFair ? {} : capacityOf(chance), reps: someone });
  const mayChange = !isFair && chance.happens(0.5);
  return {
    first,
    changed: mayChange
      ? teamOf({ ...team, capacity: capacityOf(chance), reps: changed(chance, someone, startMs) })
      : null,
    relieved: teamOf({
      ...team,
      assignment: { method, returning: 'anybody' },
      capacity: { open: 1_000 },
      reps: someone.map(({ id, weight, timeZone }) => ({ ...person(id), channel: slack, weight, timeZone })),
    }),
    startMs,
    isFair,
  };
}

const slack = { kind: 'slack', endpoint: 'sales' };
const mostlyFew = [
  [1, 1],
  [2, 4],
  [3, 4],
  [4, 1],
] as const;
const fewOrMany = [
  [2, 2],
  [3, 2],
  [4, 1],
] as const;
const methods = [
  ['round-robin', 5],
  ['weighted', 2],
  ['least-busy', 2],
  ['performance', 1],
] as const;
const evenly = [
  ['round-robin', 3],
  ['weighted', 1],
  ['least-busy', 1],
] as const;

const person = (id: string) => ({ id, name: id, email: `${id}@orchard.example` });

/** Of weighted ones the first gets twice as many. */
function plain(id: string, index: number, method: string): Written {
  return { ...person(id), channel: slack, weight: method === 'weighted' && index === 0 ? 2 : 1 };
}

function repOf(chance: Chance, id: string, hasHours: boolean): Written {
  const zone = chance.weighted([
    [undefined, 6],
    ['Asia/Tokyo', 1],
    ['UTC', 1],
  ]);
  return {
    ...person(id),
    channel: chance.happens(0.8) ? slack : { kind: 'email' },
    weight: chance.pick([1, 1, 2]),
    ...(zone !== undefined && { timeZone: zone }),
    ...(hasHours && chance.happens(0.7) && { workingHours: hoursOf(chance) }),
    ...(chance.happens(0.1) && { holidays: 'carnival' }),
    ...(chance.happens(0.2) && { capacity: { open: chance.pick([1, 2]), ...(chance.happens(0.5) && { perDay: 1 }) } }),
  };
}

function hoursOf(chance: Chance) {
  return chance.happens(0.5)
    ? [{ days: weekdays, from: '09:00', to: '18:00' }]
    : [
        { days: weekdays, from: '09:00', to: '12:00' },
        { days: weekdays, from: '13:00', to: '24:00' },
      ];
}

function withoutHours({ workingHours: _, holidays: __, capacity: ___, ...rep }: Written): Written {
  return rep;
}

/** Somebody goes on leave today or tomorrow, has other hours, or has left. */
function changed(chance: Chance, reps: readonly Written[], startMs: number): readonly Written[] {
  const whom = chance.between(0, reps.length - 1);
  const day = (after: number) =>
    new Date(startMs - 3 * 60 * minuteMs + after * 24 * 60 * minuteMs).toISOString().slice(0, 10);
  const left = chance.happens(0.15) && reps.length > 1;
  if (left) return reps.filter((_, index) => index !== whom);
  const from = chance.pick([0, 0, 1]);
  const leave = [{ from: day(from), until: day(from + chance.pick([0, 1])) }];
  return reps.map((rep, index) => (index === whom ? { ...rep, leave } : rep));
}

function capacityOf(chance: Chance) {
  return chance.weighted([
    [{ open: 20 }, 5],
    [{ open: 1 }, 2],
    [{ open: 2, perDay: 2 }, 1],
    [{ open: 20, perDay: 1 }, 1],
  ]);
}

function assignmentOf(chance: Chance, method: string, isFair: boolean) {
  if (isFair) return { method };
  const miners = {
    id: 'miners',
    name: 'Mines are somebody’s own business',
    when: { attribute: 'industry', is: { equals: 'mining' } },
    needs: { reps: ['ana'] },
    otherwise: chance.pick(['next-rule', 'queue']),
  };
  return {
    method,
    returning: chance.pick(['same-rep', 'same-rep', 'anybody']),
    rules: chance.happens(0.25) ? [miners] : [],
    performance: { period: 'week' },
  };
}

function rules(chance: Chance, isFair: boolean) {
  const minutes = () => (isFair ? 10_000 : chance.pick([1, 5, 30]));
  return {
    manager: { ...person('marta'), channel: slack },
    sla: { acceptMinutes: minutes(), nextMinutes: minutes() },
    rejectionReasons: [
      { id: 'not-ready', label: { en: 'Not ready' } },
      { id: 'not-mine', label: { en: 'Not mine' }, then: 'next-rep' },
    ],
    lossReasons: [{ id: 'price', label: { en: 'Price' } }],
    holidays: [{ id: 'carnival', days: [{ day: '2026-03-03', name: 'Carnival' }] }],
    hotLead: { template: 'hot-lead', language: 'en' },
  };
}

/** The rule that names somebody goes with them. */
function teamOf(written: { readonly reps: readonly Written[] } & Readonly<Record<string, unknown>>): Team {
  const { assignment, ...rest } = written;
  const isThere = written.reps.some(({ id }) => id === 'ana');
  return Team.parse({ ...rest, assignment: isThere ? assignment : { ...Object(assignment), rules: [] } });
}
