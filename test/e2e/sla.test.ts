import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

interface HandoffView {
  readonly handoffId: string;
  readonly status: string;
  readonly rep: string | null;
  readonly level: string;
  readonly dueAt: string | null;
  readonly history: readonly { readonly at: string; readonly what: string; readonly rep: string | null }[];
}

const playbook = mkdtempSync(join(tmpdir(), 'ripen-playbook-'));
let ripen: Ripen;

/** Two reps who work from nine to six in São Paulo, Monday to Friday, but for the holiday. */
function writePlaybook(holiday: string): void {
  cpSync('playbook', playbook, { recursive: true });
  const file = join(playbook, 'team.yaml');
  const team = parse(readFileSync(file, 'utf8'));
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  const hours = { workingHours: [{ days, from: '09:00', to: '18:00' }], holidays: 'br', timeZone: 'America/Sao_Paulo' };
  team.reps = team.reps.slice(0, 2).map((rep: object) => ({ ...rep, ...hours }));
  team.holidays = [{ id: 'br', days: [{ day: holiday, name: 'Feriado' }] }];
  writeFileSync(file, stringify(team));
}

/** The Friday after next, and the Monday after it: São Paulo is three hours behind UTC all year. */
function aWeekend(): { friday: string; monday: string; tuesday: string } {
  const dayMs = 86_400_000;
  const start = Date.now() + 7 * dayMs;
  const friday = start + ((5 - new Date(start).getUTCDay() + 7) % 7) * dayMs;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { friday: day(friday), monday: day(friday + 3 * dayMs), tuesday: day(friday + 4 * dayMs) };
}

const { friday, monday, tuesday } = aWeekend();
beforeAll(async () => {
  writePlaybook(monday);
  ripen = await startRipen(undefined, playbook);
});
afterAll(async () => {
  await discard(ripen);
  rmSync(playbook, { recursive: true, force: true });
});

const travelTo = async (instant: string) => {
  const answer = await ripen.post('/_local/clock', { set: instant });
  expect(answer.status, await answer.clone().text()).toBe(200);
  await ripen.settle();
};

async function handoff(): Promise<HandoffView> {
  const { handoffs } = await ripen.get<{ handoffs: readonly HandoffView[] }>('/api/handoffs');
  if (!handoffs[0]) throw new Error('no hand-off');
  return ripen.get<HandoffView>(`/api/handoffs/${handoffs[0].handoffId}`);
}

it('moves exactly on time through rep, next rep and manager, over a weekend and a holiday (T10)', async () => {
  // Friday 17:45 in São Paulo: a quarter of an hour of work is left of the week.
  await travelTo(`${friday}T20:45:00.000Z`);
  await ripen.post('/f/consultation', 'email=sla@example.com&name=Sol&consent=marketing&submission_id=sla-1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await ripen.settle();
  const first = await handoff();
  expect(first).toMatchObject({ status: 'assigned', level: 'rep' });
  // What was left of Friday is taken off Tuesday's half hour: Monday is the holiday.
  expect(first.dueAt?.slice(0, 16)).toMatch(new RegExp(`^${tuesday}T12:1[56]$`));

  await travelTo(new Date(Date.parse(first.dueAt ?? '') - 60_000).toISOString());
  expect((await handoff()).rep).toBe(first.rep);
  await travelTo(new Date(Date.parse(first.dueAt ?? '') + 60_000).toISOString());
  const second = await handoff();
  expect(second).toMatchObject({ status: 'assigned', level: 'next-rep' });
  expect(second.rep).not.toBe(first.rep);

  await travelTo(new Date(Date.parse(second.dueAt ?? '') + 60_000).toISOString());
  const third = await handoff();
  expect(third).toMatchObject({ status: 'assigned', level: 'manager', rep: 'marta-reis', dueAt: null });
  const missed = third.history.filter(({ what }) => what === 'missed').map(({ at }) => Date.parse(at));
  const late = missed.map((at, n) => at - Date.parse((n === 0 ? first : second).dueAt ?? ''));
  // To the minute that the sweep looks at.
  expect(Math.max(...late)).toBeLessThan(10_000);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(-1_750);
  expect((await ripen.inbox('marta.reis@orchard.example')).length).toBeGreaterThan(0);
});

it('keeps a lead of the weekend in the queue until somebody is there (D9)', async () => {
  await ripen.post('/f/consultation', 'email=night@example.com&consent=marketing&submission_id=night-1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await ripen.settle();
  const { now } = await ripen.get<{ now: string }>('/_local/clock');
  // The night after: nobody works.
  await travelTo(`${now.slice(0, 10)}T23:30:00.000Z`);
  await ripen.post('/f/consultation', 'email=late@example.com&consent=marketing&submission_id=late-1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await ripen.settle();
  const { handoffs } = await ripen.get<{ handoffs: readonly HandoffView[] }>('/api/handoffs?status=queued');
  expect(handoffs).toHaveLength(1);
  const id = handoffs[0]?.handoffId;
  const next = new Date(Date.parse(`${now.slice(0, 10)}T12:01:00.000Z`) + 86_400_000).toISOString();
  await travelTo(next);
  const drained = await ripen.get<HandoffView>(`/api/handoffs/${id}`);
  expect(drained).toMatchObject({ status: 'assigned', level: 'rep' });
  expect(drained.history.map(({ what }) => what)).toEqual(['queued', 'assigned']);
  expect(drained.history[1]?.at.slice(11, 16)).toBe('12:00');
});
