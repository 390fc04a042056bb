import { leadStore } from '../../functions/leads/lead.store.ts';
import { toActivity } from '../../functions/scoring/plan.ts';
import type { Engine } from './engine.ts';
import { aKnownLead, type KnownLead, takeAt } from './known-leads.ts';
import { line, type Measurement } from './measurement.ts';
import { type Deeds, deeds } from './people.ts';
import { type Contestant, onTheClock, ownCpu, race } from './rounds.ts';
import { openDoor, type Playbook, type ScoringDoor } from './scoring-door.ts';
import { countedTable } from './units.ts';

/** Ledger rows in one transaction, beside the lead. */
const rowsAtOnce = 95;

interface Options {
  readonly rounds: number;
  /** How many activities the deepest lead has had. */
  readonly deepest: number;
  readonly say: (text: string) => void;
}

/** What one more activity costs when the lead has had none, a thousand, or a hundred thousand: nothing more, or we scan something. */
export async function measureDepth(
  engine: Engine,
  playbook: Playbook,
  { rounds, deepest, say }: Options,
): Promise<readonly Measurement[]> {
  const door = await openDoor(engine.table, playbook);
  const people = deeds(playbook.parts);
  const counted = countedTable(engine);
  const countedDoor = await openDoor(counted.table, playbook);
  const leads = [];
  for (const [index, past] of [0, 1000, deepest].entries()) {
    const lead = await aKnownLead(2_000_000 + index, 3, { door, people });
    await deepen(lead, past, { engine, people, timeZone: playbook.parts.account.timeZone, say });
    leads.push({ name: past.toLocaleString('en'), lead });
  }
  engine.trim();
  const contestants = Object.fromEntries(
    leads.flatMap(({ name, lead }) =>
      deedsAfter.map(({ what, one }) => [`${what} ${name}`, after(lead, one, { door, people })]),
    ),
  );
  const of = await race(contestants, {
    rounds,
    leastTurnMs: 40,
    meters: { cpu: ownCpu, engine: engine.cpu, clock: onTheClock },
  });
  const lines: Measurement[] = [];
  for (const { what, one } of deedsAfter) {
    const consumed = [];
    // The first call of a door also reads the model.
    await takeAt(
      countedDoor,
      leads.slice(0, 1).map(({ lead }) => one(lead, people)),
    );
    for (const { lead } of leads) consumed.push(await counted.count(() => takeAt(countedDoor, [one(lead, people)])));
    const [none] = leads;
    for (const [index, { name }] of leads.entries()) {
      if (index === 0) continue;
      const named = (figure: string, unit: string) => ({
        part: 'depth',
        name: `${what} after ${name}: ${figure}`,
        unit,
        promise: { atMost: 1.05 },
      });
      const floor = (values: readonly number[]) => ({ name: 'after none', values });
      const figures = (meter: string, values: string) => floor(of(`${what} ${values}`, meter));
      for (const [meter, figure] of [
        ['cpu', 'CPU of the door'],
        ['engine', 'CPU of the database'],
        ['clock', 'on the clock'],
      ] as const)
        if (of(`${what} ${name}`, meter).every((us) => us > 0))
          lines.push(line(named(figure, 'µs'), of(`${what} ${name}`, meter), figures(meter, none?.name ?? '')));
      for (const kind of ['write', 'read'] as const)
        lines.push(
          line(named(`${kind} units`, 'units'), [consumed[index]?.[kind] ?? 0], floor([consumed[0]?.[kind] ?? 0])),
        );
    }
  }
  return lines;
}

const deedsAfter = [
  {
    what: 'a page view',
    one: ({ person, later }: KnownLead, people: Deeds) => people.view(person, '/blog/lead-scoring', later(1)),
  },
  {
    what: 'an open',
    one: ({ person, later }: KnownLead, people: Deeds) => people.mail(person, 'Open', 1, later(60)),
  },
] as const;

function after(
  lead: KnownLead,
  one: (typeof deedsAfter)[number]['one'],
  { door, people }: { door: ScoringDoor; people: Deeds },
): Contestant {
  return {
    run: async (calls) => {
      for (let n = 0; n < calls; n++) await takeAt(door, [one(lead, people)]);
      return calls;
    },
  };
}

/** A past of page views, a quarter of an hour apart, written by the store itself. */
async function deepen(
  { person, later }: KnownLead,
  past: number,
  { engine, people, timeZone, say }: { engine: Engine; people: Deeds; timeZone: string; say: (text: string) => void },
): Promise<void> {
  const store = leadStore(engine.table, timeZone);
  const nothing = { rejudged: [], milestones: [], holders: {}, evidence: [], statements: [], outbox: [] };
  for (let rows = 0; rows < past; rows += rowsAtOnce) {
    const lead = await store.get(person.leadId);
    if (!lead) throw new Error('the lead is gone');
    const recorded = Array.from({ length: Math.min(rowsAtOnce, past - rows) }, () => {
      const viewed = people.view(person, '/blog/lead-scoring', later(15));
      return toActivity(viewed, viewed.occurredAt);
    });
    const { outcome } = await store.save({ ...nothing, lead: { ...lead, ver: lead.ver + 1 }, recorded });
    if (outcome !== 'saved') throw new Error(`the past is not written: ${outcome}`);
    if (rows % (100 * rowsAtOnce) === 0) {
      engine.trim();
      say(`${rows.toLocaleString('en')} of ${past.toLocaleString('en')} activities`);
    }
  }
}
