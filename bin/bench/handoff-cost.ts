import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { answerHandoff } from '../../functions/handoff/answer-handoff.ts';
import type { Answer } from '../../functions/handoff/answering.ts';
import { followRequalified } from '../../functions/handoff/follow-lead.ts';
import { type HandOffDeps, handOffLead } from '../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../functions/handoff/handoff.store.ts';
import { moveHandoff } from '../../functions/handoff/move-handoff.ts';
import { silencedIn } from '../../functions/handoff/silenced.ts';
import { LeadQualified } from '../../functions/leads/bus-event.ts';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { key } from '../../functions/leads/table.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import type { Engine } from './engine.ts';
import { aKnownLead, takeAt } from './known-leads.ts';
import { line, type Measurement } from './measurement.ts';
import { deeds } from './people.ts';
import { openDoor, type Playbook } from './scoring-door.ts';
import { type CountedTable, countedTable, itemBytes, roomTaken, type Units } from './units.ts';

type Qualified = z.output<typeof LeadQualified.detail>;

/** What a known lead has done before they ask for us. */
const before = 40;
const minuteMs = 60_000;

interface Sales extends CountedTable {
  readonly deps: HandOffDeps;
  /** The next one who asks for us, not yet handed off. */
  qualified(): Promise<Qualified>;
  /** Moves the clock of the hand-off room. */
  later(minutes: number): void;
}

/** What happens to a hand-off from its first day to its last, in this order. */
const life: readonly (readonly [name: string, happens: (qualified: Qualified, sales: Sales) => Promise<unknown>])[] = [
  ['handed off to a rep', (qualified, { deps }) => handOffLead(qualified, deps)],
  ['announced again', (qualified, { deps }) => handOffLead(qualified, deps)],
  [
    'not accepted in time, on to the next rep',
    ({ leadId, cycle }, { deps, later }) => {
      later(31);
      return moveHandoff(leadId, cycle, deps);
    },
  ],
  ['accepted', answering({ answer: 'accept' })],
  [
    'asked for us again: a note',
    ({ leadId, cycle, reason, activityId, qualifiedAt }, { deps }) =>
      followRequalified({ leadId, cycle, reason, activityId: `${activityId}-again`, at: qualifiedAt }, deps),
  ],
  ['reported: contacted', answering({ answer: 'contacted' })],
  ['closed: won', answering({ answer: 'won', amount: { amountMinor: 990_000, currency: 'BRL' } })],
];

function answering(answer: Answer) {
  return ({ leadId, cycle }: Qualified, { deps }: Sales) => answerHandoff({ leadId, cycle, answer, by: '' }, deps);
}

/** What a hand-off costs in DynamoDB, against the least that one transaction of the same run costs: one small item. */
export async function measureHandoffs(
  engine: Engine,
  playbook: Playbook,
  rounds: number,
): Promise<readonly Measurement[]> {
  const sales = await openSales(engine, playbook);
  const floors: number[] = [];
  const told = life.map((): Units[] => []);
  for (let round = 0; round < rounds; round++) {
    const qualified = await sales.qualified();
    floors.push((await sales.count(() => smallest(sales.table, round))).write);
    for (const [index, [, happens]] of life.entries())
      told[index]?.push(await sales.count(() => happens(qualified, sales)));
  }
  const floor = { name: 'one small item in a transaction', values: floors };
  return [
    ...life.flatMap(([name], index) => linesOf(name, told[index] ?? [], floor)),
    ...(await sizes(engine.table, await sales.qualified(), sales)),
  ];
}

function linesOf(name: string, told: readonly Units[], floor: Parameters<typeof line>[2]): readonly Measurement[] {
  const what = (kind: string) => ({ part: 'handoffs', name: `${name}: ${kind}`, unit: 'units' });
  const one = { name: 'the floor', values: told.map(() => 1) };
  return [
    line(
      what('write units'),
      told.map(({ write }) => write),
      floor,
    ),
    line(
      what('read units'),
      told.map(({ read }) => read),
      one,
    ),
  ];
}

async function openSales(engine: Engine, playbook: Playbook): Promise<Sales> {
  const { account, team } = playbook.parts;
  const { table, count } = countedTable(engine);
  const door = await openDoor(engine.table, playbook);
  const people = deeds(playbook.parts);
  let now = 0;
  let n = 2_000_000;
  const deps: HandOffDeps = {
    ...{ account, team },
    leads: leadStore(table, account.timeZone),
    handoffs: handoffStore(table, account.timeZone),
    silenced: silencedIn(table),
    now: () => now,
    pause: async () => {},
  };
  return {
    ...{ deps, table, count },
    async qualified() {
      n += 1;
      const lead = await aKnownLead(n, before, { door, people });
      const askedMs = lead.later(60);
      await takeAt(door, await people.submit(lead.person, 'consultation', askedMs));
      now = askedMs + minuteMs;
      return announced(engine.table, lead.person.leadId);
    },
    later(minutes) {
      now += minutes * minuteMs;
    },
  };
}

/** The qualification as the scoring door has put it into the outbox. */
async function announced(table: Table, leadId: string): Promise<Qualified> {
  const rows = (await itemsOf(table, leadId)).filter(({ detailType }) => detailType === LeadQualified.detailType);
  return LeadQualified.detail.parse(rows[0]?.detail);
}

async function itemsOf({ client, name }: Table, leadId: string): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk },
      ConsistentRead: true,
    }),
  );
  return Items;
}

function smallest({ client, name: TableName }: Table, n: number): Promise<unknown> {
  const Put = { TableName, Item: { pk: `B#small-${n}`, sk: 'A' }, ConditionExpression: 'attribute_not_exists(pk)' };
  return client.send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
}

/** How large a hand-off is when it is new and when it has had all of its life: each kilobyte of it is written with every change. */
async function sizes(table: Table, qualified: Qualified, sales: Sales): Promise<readonly Measurement[]> {
  const lines: Measurement[] = [];
  const measure = async (name: string) => {
    const item = (await itemsOf(table, qualified.leadId)).find(({ kind }) => kind === 'handoff') ?? {};
    const what = { part: 'handoffs', name: `the item of ${name}`, unit: 'bytes', note: roomTaken(item) };
    lines.push(line(what, [itemBytes(item)], { name: 'one unit', values: [1024] }));
  };
  for (const [index, [, happens]] of life.entries()) {
    await happens(qualified, sales);
    if (index === 0) await measure('a new hand-off');
  }
  await measure('one that is over');
  return lines;
}
