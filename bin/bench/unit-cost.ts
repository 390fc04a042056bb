import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CapturedActivity } from '../../functions/leads/activity.ts';
import { key } from '../../functions/leads/table.ts';
import type { Engine } from './engine.ts';
import { aKnownLead, type KnownLead, takeAt } from './known-leads.ts';
import { line, type Measurement } from './measurement.ts';
import { type Deeds, deeds } from './people.ts';
import { openDoor, type Playbook, type ScoringDoor } from './scoring-door.ts';
import { countedTable, itemBytes, roomTaken, type Units } from './units.ts';

/** What a known lead has done before. */
const before = 40;

interface Case {
  readonly name: string;
  readonly does: (lead: KnownLead, people: Deeds) => readonly CapturedActivity[] | Promise<readonly CapturedActivity[]>;
  /** What the design allows it to write and read; left out: it has a line of its own and no promise. */
  readonly promise?: { readonly write: number; readonly read: number };
}

const view = ({ person, later }: KnownLead, people: Deeds) => people.view(person, '/blog/lead-scoring', later(17));

/** The same by somebody who gives their address: no visitor to be looked up. */
const viewByAddress = (lead: KnownLead, people: Deeds) => {
  const viewed = view(lead, people);
  return { ...viewed, subject: { email: lead.person.email } };
};

const cases: readonly Case[] = [
  {
    name: 'a page view, by address',
    does: (lead, people) => [viewByAddress(lead, people)],
    promise: { write: 6.2, read: 1 },
  },
  { name: 'a page view, by visitor id', does: (lead, people) => [view(lead, people)] },
  {
    name: 'a first view of the pricing page (holder, milestone)',
    does: ({ person, later }, people) => [people.view(person, '/pricing', later(17))],
  },
  {
    name: 'a delivery',
    does: ({ person, later }, people) => [people.mail(person, 'Delivery', 1, later(60))],
  },
  {
    name: 'an open (holder)',
    does: ({ person, later }, people) => [people.mail(person, 'Open', 1, later(60))],
  },
  {
    name: 'a click (holder)',
    does: ({ person, later }, people) => [people.mail(person, 'Click', 1, later(60))],
  },
  {
    name: 'the trial form of somebody new (three activities), each',
    does: ({ person: { email, visitor, leadId }, later }, people) =>
      people.submit({ email: `new.${email}`, visitor: `new-${visitor}`, leadId }, 'trial', later(60)),
  },
  {
    name: 'the consultation form (three activities, hand-off), each',
    does: ({ person, later }, people) => people.submit(person, 'consultation', later(60)),
  },
  ...[2, 5, 10, 40].map((k) => ({
    name: `${k} page views in a batch, each`,
    does: (lead: KnownLead, people: Deeds) => Array.from({ length: k }, () => viewByAddress(lead, people)),
    promise: { write: (4 + 2 / k) * 1.05, read: 1 },
  })),
];

/** What recording an activity of a known lead costs in DynamoDB, against the least that any write or read costs: one unit. */
export async function measureUnits(
  engine: Engine,
  playbook: Playbook,
  rounds: number,
): Promise<readonly Measurement[]> {
  const { table, count } = countedTable(engine);
  const door = await openDoor(table, playbook);
  const people = deeds(playbook.parts);
  const lines: Measurement[] = [];
  let n = 0;
  for (const each of cases) {
    const told: (Units & { readonly count: number })[] = [];
    for (let round = 0; round < rounds; round++) {
      n += 1;
      const lead = await aKnownLead(n, before, { door, people });
      const captured = await each.does(lead, people);
      told.push({ ...(await count(() => takeAt(door, captured))), count: captured.length });
    }
    lines.push(...linesOf(each, told));
  }
  return [...lines, ...(await sizes(n, { engine, door, people }))];
}

function linesOf({ name, promise }: Case, told: readonly (Units & { readonly count: number })[]): Measurement[] {
  const one = { name: 'the floor', values: told.map(() => 1) };
  const lists = told.map(({ lists, count }) => lists / count);
  const what = (kind: string, atMost?: number) => ({
    part: 'units',
    name: `${name}: ${kind}`,
    unit: 'units',
    ...(atMost !== undefined && { promise: { atMost } }),
  });
  const writes = told.map(({ write, lists, count }) => (write - lists) / count);
  const reads = told.map(({ read, count }) => read / count);
  return [
    line(what('write units', promise?.write), writes, one),
    ...(lists.some((moved) => moved > 0) ? [line(what('write units in the lists (rating, due)'), lists, one)] : []),
    line(what('read units', promise?.read), reads, one),
  ];
}

/** How large the items are that every activity writes: a kilobyte is one unit, and the next byte is another. */
async function sizes(
  n: number,
  { engine, door, people }: { engine: Engine; door: ScoringDoor; people: Deeds },
): Promise<Measurement[]> {
  const lead = await aKnownLead(n + 1, before, { door, people });
  await takeAt(door, [people.mail(lead.person, 'Click', 1, lead.later(60))]);
  const { client, name } = engine.table;
  const { pk } = key.lead(lead.person.leadId);
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    }),
  );
  const largest = (kind: string) =>
    Items.filter((item) => item.kind === kind).toSorted((a, b) => itemBytes(b) - itemBytes(a))[0] ?? {};
  return ['lead', 'activity', 'milestone', 'holder'].map((kind) => {
    const item = largest(kind);
    const what = { part: 'units', name: `the largest ${kind} item`, unit: 'bytes', note: roomTaken(item) };
    return line({ ...what, promise: { atMost: 1 } }, [itemBytes(item)], { name: 'one unit', values: [1024] });
  });
}
