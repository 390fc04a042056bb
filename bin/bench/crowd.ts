import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { leadItem } from '../../functions/leads/lead-item.ts';
import { key, ratingKeys } from '../../functions/leads/table.ts';
import { bareUpdate, views } from './door-cpu.ts';
import type { Engine } from './engine.ts';
import { aKnownLead } from './known-leads.ts';
import { line, type Measurement } from './measurement.ts';
import { aPerson, deeds } from './people.ts';
import { onTheClock, ownCpu, race } from './rounds.ts';
import { openDoor, type Playbook } from './scoring-door.ts';

/** DynamoDB takes so many items in one call. */
const itemsAtOnce = 25;
const callsAtOnce = 4;

interface Options {
  readonly rounds: number;
  /** How many leads the two tables hold. */
  readonly sizes: readonly [number, number];
  readonly say: (text: string) => void;
}

/** What one more activity costs in a table of few leads and in one of many. Each table has an engine of its own, measured in turns. */
export async function measureCrowd(
  engines: readonly [Engine, Engine],
  playbook: Playbook,
  { rounds, sizes, say }: Options,
): Promise<readonly Measurement[]> {
  const people = deeds(playbook.parts);
  const prepared = [];
  for (const [index, engine] of engines.entries()) {
    const door = await openDoor(engine.table, playbook);
    const lead = await aKnownLead(3_000_000, 3, { door, people });
    const copy = await leadStore(engine.table, playbook.parts.account.timeZone).get(lead.person.leadId);
    if (!copy) throw new Error('the lead is gone');
    await fill(engine, sizes[index] ?? 0, leadItem(copy), say);
    engine.trim();
    prepared.push({ engine, contestant: views([lead], 1, { door, people }) });
  }
  const [few, many] = prepared;
  if (!few || !many) throw new Error('two tables are compared');
  const meters = {
    'CPU of the door': ownCpu,
    'CPU of the database': () => few.engine.cpu() + many.engine.cpu(),
    'on the clock': onTheClock,
  };
  const contestants = {
    few: few.contestant,
    many: many.contestant,
    'update few': bareUpdate(few.engine),
    'update many': bareUpdate(many.engine),
  };
  const of = await race(contestants, { rounds, leastTurnMs: 40, meters });
  const [least = '', most = ''] = sizes.map((size) => size.toLocaleString('en'));
  return Object.keys(meters)
    .filter((meter) => of('few', meter).every((us) => us > 0))
    .flatMap((meter) => {
      const named = (what: string) => ({ part: 'crowd', name: `${what} among ${most} leads: ${meter}`, unit: 'µs' });
      const floor = (name: 'few' | 'update few') => ({ name: `among ${least}`, values: of(name, meter) });
      return [
        line({ ...named('a page view'), promise: { atMost: 1.05 } }, of('many', meter), floor('few')),
        line(named('a bare UpdateItem'), of('update many', meter), floor('update few')),
      ];
    });
}

/** The same lead under so many names. */
async function fill(
  { table: { client, name }, trim }: Engine,
  count: number,
  item: Readonly<Record<string, unknown>>,
  say: (text: string) => void,
): Promise<void> {
  const put = (n: number) => {
    const { leadId } = aPerson(n);
    const listed = ratingKeys('warm', n % 50, leadId);
    return { PutRequest: { Item: { ...item, ...key.lead(leadId), ...listed } } };
  };
  const write = async (first: number) => {
    const puts = Array.from({ length: Math.max(0, Math.min(itemsAtOnce, count - first)) }, (_, n) => put(first + n));
    if (puts.length > 0) await client.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
  };
  const step = itemsAtOnce * callsAtOnce;
  for (let first = 0; first < count; first += step) {
    await Promise.all(Array.from({ length: callsAtOnce }, (_, call) => write(first + call * itemsAtOnce)));
    if (first % (step * 100) !== 0) continue;
    trim();
    say(`${first.toLocaleString('en')} of ${count.toLocaleString('en')} leads`);
  }
}
