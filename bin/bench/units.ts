import * as z from 'zod';
import { documentClient, type Table } from '../../functions/runtime/dynamodb.ts';
import type { Engine } from './engine.ts';

const Capacity = z.object({
  ReadCapacityUnits: z.number().default(0),
  WriteCapacityUnits: z.number().default(0),
  /** All that a plain call says; a transaction tells reads from writes. */
  CapacityUnits: z.number().default(0),
});
const Indexes = z.record(z.string(), Capacity).default({});
const ByIndex = z.looseObject({ Table: Capacity, GlobalSecondaryIndexes: Indexes, LocalSecondaryIndexes: Indexes });
const Consumed = z.object({ ConsumedCapacity: z.union([z.array(ByIndex), ByIndex]).optional() });

/** Capacity units as the embedded DynamoDB reports them: a transaction counts its table twice and its indexes once. */
export interface Units {
  read: number;
  write: number;
  /** What of `write` moved things in the index of lists. */
  lists: number;
}

/** The table through a client that asks what each call consumes, and adds it up. */
export interface CountedTable {
  readonly table: Table;
  /** What `work` consumes, and nothing else at the same time. */
  count(work: () => Promise<unknown>): Promise<Units>;
}

export function countedTable({ connect, table: { name } }: Engine): CountedTable {
  let units: Units = { read: 0, write: 0, lists: 0 };
  const client = connect();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
        const result = await next(args);
        const { ConsumedCapacity = [] } = Consumed.parse(result.output);
        const isRead = /^(Get|BatchGet|Query|TransactGet)/.test(commandName);
        for (const consumed of [ConsumedCapacity].flat()) add(consumed, isRead, units);
        return result;
      },
    { step: 'initialize' },
  );
  return {
    table: { client: documentClient(client), name },
    async count(work) {
      units = { read: 0, write: 0, lists: 0 };
      await work();
      return units;
    },
  };
}

function add(
  { Table, GlobalSecondaryIndexes, LocalSecondaryIndexes }: z.infer<typeof ByIndex>,
  isRead: boolean,
  units: Units,
): void {
  const indexes = Object.entries({ ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes });
  for (const [name, { CapacityUnits, ReadCapacityUnits, WriteCapacityUnits }] of [['', Table] as const, ...indexes]) {
    const isTold = ReadCapacityUnits + WriteCapacityUnits > 0;
    const write = isTold || isRead ? WriteCapacityUnits : CapacityUnits;
    units.write += write;
    units.read += isTold || !isRead ? ReadCapacityUnits : CapacityUnits;
    if (name === 'byList') units.lists += write;
  }
}

const oneKilobyte = 1024;

/** What an item takes in DynamoDB, in bytes: names and values, as its documentation counts them. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value), 0);
}

/** Its attributes, the largest first, as `packed 512, email 40 …`: what to look at when an item is over a kilobyte. */
export function roomTaken(item: Readonly<Record<string, unknown>>): string {
  const sizes = Object.keys(item).map((name) => [name, itemBytes({ [name]: item[name] })] as const);
  const list = sizes.toSorted(([, a], [, b]) => b - a).map(([name, bytes]) => `${name} ${bytes}`);
  return `${itemBytes(item)} of ${oneKilobyte} bytes: ${list.join(', ')}`;
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value === 'number') return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + 1;
  if (typeof value === 'boolean' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + 1 + bytesOf(one), 3);
  if (typeof value !== 'object') return 0;
  return Object.entries(value).reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + bytesOf(one), 3);
}
