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
  const leads: DeepLead[] = [];
  for (const [index, past] of [0, 1000, deepest].entries()) {
    const lead = await aKnownLead(2_000_000 + index, 3, { door, people });
    await deepen(lead, past, { engine, people, timeZone: playbook.parts.account.timeZone, say });
    leads.push({ name: past === 0 ? 'none' : past.toLocaleString('en'), lead });
  }
  engine.trim();
  const [none, ...deeper] = leads;
  if (!none) throw new Error('nothing to compare with');
  const contestants = leads.flatMap(({ name, lead }) =>
    deedsAfter.map(({ what, one }) => [`${what} after ${name}`, after(lead, one, { door, people })] as const),
  );
  const meters = { 'CPU of the door': ownCpu, 'CPU of the database': engine.cpu, 'on the clock': onTheClock };
  const of = await race(Object.fromEntries(contestants), { rounds, leastTurnMs: 40, meters });
  const times = deedsAfter.flatMap(({ what }) =>
    deeper.flatMap(({ name }) =>
      Object.keys(meters).flatMap((meter) => {
        const floor = { name: 'after none', values: of(`${what} after none`, meter) };
        const values = of(`${what} after ${name}`, meter);
        return values.every((us) => us > 0)
          ? [line(equal(`${what} after ${name}: ${meter}`, 'µs'), values, floor)]
          : [];
      }),
    ),
  );
  return [...times, ...(await unitLines(leads, { engine, playbook, people }))];
}

interface DeepLead {
  readonly name: string;
  readonly lead: KnownLead;
}

const equal = (name: string, unit: string) => ({ part: 'depth', name, unit, promise: { atMost: 1.05 } });

async function unitLines(
  leads: readonly DeepLead[],
  { engine, playbook, people }: { engine: Engine; playbook: Playbook; people: Deeds },
): Promise<readonly Measurement[]> {
  const { table, count } = countedTable(engine);
  const door = await openDoor(table, playbook);
  const lines: Measurement[] = [];
  for (const { what, one } of deedsAfter) {
    const unitsOf = ({ lead }: DeepLead) => count(() => takeAt(door, [one(lead, people)]));
    const [none, ...deeper] = leads;
    if (!none) continue;
    // The first call of a door also reads the model.
    await unitsOf(none);
    const least = await unitsOf(none);
    for (const each of deeper) {
      const units = await unitsOf(each);
      for (const kind of ['write', 'read'] as const)
        lines.push(
          line(equal(`${what} after ${each.name}: ${kind} units`, 'units'), [units[kind]], {
            name: 'after none',
            values: [least[kind]],
          }),
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
