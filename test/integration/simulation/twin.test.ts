import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { type Chance, chance } from '../../../bin/demo/chance.ts';
import { leadsTable } from '../../../bin/simulate/leads-table.ts';
import { twinClient } from '../../../bin/simulate/twin/client.ts';
import { tableTwin } from '../../../bin/simulate/twin/table.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { testTables } from '../../support/dynamodb.ts';

// The simulator's table is worth what it has in common with DynamoDB: the same requests get the same answers from both.
const { leads } = await testTables();

function aTwin(): Table {
  const table = tableTwin(leadsTable, { now: () => 0, lagMs: () => 0, onWritten() {} });
  return { name: leads.name, client: twinClient(table, async (request) => request.arrive()) };
}

const TableName = leads.name;

type AnyCommand =
  | BatchGetCommand
  | BatchWriteCommand
  | DeleteCommand
  | GetCommand
  | PutCommand
  | QueryCommand
  | TransactWriteCommand
  | UpdateCommand;

/** The client's types know each command, and no union of them. */
function sent(client: Table['client'], command: AnyCommand): Promise<object> {
  if (command instanceof BatchGetCommand) return client.send(command);
  if (command instanceof BatchWriteCommand) return client.send(command);
  if (command instanceof DeleteCommand) return client.send(command);
  if (command instanceof GetCommand) return client.send(command);
  if (command instanceof PutCommand) return client.send(command);
  if (command instanceof QueryCommand) return client.send(command);
  if (command instanceof TransactWriteCommand) return client.send(command);
  return client.send(command);
}

/** An answer as far as the stores look at it. */
async function answerOf({ client }: Table, command: AnyCommand): Promise<unknown> {
  try {
    const answer = await sent(client, command);
    const { Item, Items, LastEvaluatedKey, Responses } = {
      Item: undefined,
      Items: undefined,
      LastEvaluatedKey: undefined,
      Responses: undefined,
      ...answer,
    };
    const found = Array.isArray(Object.values(Responses ?? {})[0])
      ? [Object.values(Responses ?? {})[0]].flat()
      : undefined;
    return { Item, Items, LastEvaluatedKey, found: found && byKey(found) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reasons =
      'CancellationReasons' in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
    return { error: error.name, reasons: reasons.map(({ Code }) => Code) };
  }
}

/** A batch is answered in no order, and neither are an item's attributes. */
function byKey(items: readonly unknown[]): readonly unknown[] {
  const keyOf = (item: unknown) => JSON.stringify(Object.entries(item ?? {}).sort());
  return items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type Command = () => AnyCommand;
const pk = (name: string) => `twin#${name}`;

/** Both get the same requests, one after the other; every answer must be the same. */
async function expectTheSame(commands: readonly Command[]): Promise<readonly unknown[]> {
  const twin = aTwin();
  const answers: unknown[] = [];
  for (const [index, command] of commands.entries()) {
    const [real, simulated] = [await answerOf(leads, command()), await answerOf(twin, command())];
    expect(simulated, `request ${index}: ${JSON.stringify(command().input)}`).toEqual(real);
    answers.push(simulated);
  }
  return answers;
}

it('says the same of conditions, and of items that are not there', async () => {
  const key = { pk: pk('a'), sk: 'A' };
  const put =
    (Item: object, condition: string, values?: Record<string, unknown>): Command =>
    () =>
      new PutCommand({
        TableName,
        Item: { ...key, ...Item },
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeValues: values }),
      });
  const answers = await expectTheSame([
    put({ n: 1 }, 'n = :n', { ':n': 1 }),
    put({ n: 1, kind: 'lead' }, 'attribute_not_exists(pk)'),
    put({ n: 2 }, 'attribute_not_exists(pk)'),
    put({ n: 2, kind: 'lead' }, 'n = :n AND kind = :kind', { ':n': 1, ':kind': 'lead' }),
    put({ n: 3 }, 'attribute_not_exists(pk) OR n < :n', { ':n': 2 }),
    put({ n: 3 }, '(n >= :two AND n <> :five) OR attribute_exists(nowhere)', { ':two': 2, ':five': 5 }),
    put({ n: 4 }, 'NOT n IN (:a, :b)', { ':a': 3, ':b': 9 }),
    put({ n: 4 }, 'n BETWEEN :a AND :b', { ':a': 3, ':b': 9 }),
    put({ n: 5 }, 'begins_with(kind, :le)', { ':le': 'le' }),
    () => new GetCommand({ TableName, Key: key, ConsistentRead: true }),
    () => new GetCommand({ TableName, Key: { pk: pk('nobody'), sk: 'A' }, ConsistentRead: true }),
    () =>
      new DeleteCommand({ TableName, Key: key, ConditionExpression: 'n = :n', ExpressionAttributeValues: { ':n': 9 } }),
    () => new DeleteCommand({ TableName, Key: key }),
    () => new GetCommand({ TableName, Key: key }),
  ]);
  expect(answers).toContainEqual({ error: 'ConditionalCheckFailedException', reasons: [] });
});

it('says the same of updates', async () => {
  const Key = { pk: pk('b'), sk: 'A' };
  const update =
    (UpdateExpression: string, values?: Record<string, unknown>, names?: Record<string, string>): Command =>
    () =>
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression,
        ...(values && { ExpressionAttributeValues: values }),
        ...(names && { ExpressionAttributeNames: names }),
      });
  const read: Command = () => new GetCommand({ TableName, Key });
  await expectTheSame([
    update('ADD ver :one', { ':one': 1 }),
    update('SET consent = :c, #owner = :o ADD ver :one', { ':c': {}, ':o': 'ana', ':one': 1 }, { '#owner': 'owner' }),
    update('SET consent.#m = :m', { ':m': { status: 'revoked' } }, { '#m': 'marketing' }),
    read,
    update('SET nowhere.inside = :m', { ':m': 1 }),
    update('SET a = if_not_exists(a, :zero) + :one, b = list_append(:list, :list)', {
      ':zero': 0,
      ':one': 1,
      ':list': [1],
    }),
    update('SET a = if_not_exists(a, :zero) + :one REMOVE b', { ':zero': 0, ':one': 1 }),
    read,
  ]);
});

it('says the same of transactions: all or nothing, and why', async () => {
  const put = (sk: string, condition?: string) => ({
    Put: { TableName, Item: { pk: pk('c'), sk, n: 1 }, ...(condition && { ConditionExpression: condition }) },
  });
  const many = (count: number) => Array.from({ length: count }, (_, index) => put(`m${index}`));
  const check = {
    ConditionCheck: { TableName, Key: { pk: pk('c'), sk: 'B' }, ConditionExpression: 'attribute_exists(pk)' },
  };
  const answers = await expectTheSame([
    () => new TransactWriteCommand({ TransactItems: [put('A', 'attribute_not_exists(pk)'), put('B')] }),
    () => new TransactWriteCommand({ TransactItems: [put('C'), put('A', 'attribute_not_exists(pk)'), check] }),
    () => new GetCommand({ TableName, Key: { pk: pk('c'), sk: 'C' } }),
    () =>
      new TransactWriteCommand({
        TransactItems: [put('D'), check, { Delete: { TableName, Key: { pk: pk('c'), sk: 'A' } } }],
      }),
    () => new TransactWriteCommand({ TransactItems: [put('E'), put('E')] }),
    () => new TransactWriteCommand({ TransactItems: many(101) }),
    () => new TransactWriteCommand({ TransactItems: many(100) }),
    () => new PutCommand({ TableName, Item: { pk: pk('c'), sk: 'big', text: 'x'.repeat(420_000) } }),
    () =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk('c') },
      }),
  ]);
  expect(answers).toContainEqual({
    error: 'TransactionCanceledException',
    reasons: ['None', 'ConditionalCheckFailed', 'None'],
  });
});

it('says the same of lists: order, both ends, pages, indexes and filters', async () => {
  const row =
    (n: number): Command =>
    () =>
      new PutCommand({
        TableName,
        Item: {
          ...{ pk: pk('d'), sk: `E#${n}`, byTime: `2026-0${9 - n}`, n, leadId: 'not in the list' },
          ...(n % 2 === 0 && { listPk: pk('list'), listSk: `s${n % 4}`, kind: 'due' }),
        },
      });
  const query =
    (input: object): Command =>
    () =>
      new QueryCommand({ TableName, ...input });
  const inOrder = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk('d') } };
  const listed = { IndexName: 'byList', KeyConditionExpression: 'listPk = :list' };
  const answers = await expectTheSame([
    ...[5, 2, 8, 1, 4, 6].map(row),
    query(inOrder),
    query({ ...inOrder, ScanIndexForward: false, Limit: 2 }),
    query({ ...inOrder, ScanIndexForward: false, Limit: 2, ExclusiveStartKey: { pk: pk('d'), sk: 'E#6' } }),
    query({ ...inOrder, Limit: 6 }),
    query({ ...inOrder, FilterExpression: 'n > :n', ExpressionAttributeValues: { ':pk': pk('d'), ':n': 4 }, Limit: 4 }),
    query({
      ...inOrder,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :e)',
      ExpressionAttributeValues: { ':pk': pk('d'), ':e': 'E#4' },
    }),
    query({
      IndexName: 'byTime',
      KeyConditionExpression: 'pk = :pk AND byTime BETWEEN :from AND :until',
      ExpressionAttributeValues: { ':pk': pk('d'), ':from': '2026-03', ':until': '2026-07~' },
      ConsistentRead: true,
    }),
    query({ ...listed, ExpressionAttributeValues: { ':list': pk('list') } }),
    query({ ...listed, ExpressionAttributeValues: { ':list': pk('list') }, Limit: 3 }),
    query({
      ...{ ...listed, ExpressionAttributeValues: { ':list': pk('list') }, Limit: 3 },
      ExclusiveStartKey: { pk: pk('d'), sk: 'E#2', listPk: pk('list'), listSk: 's2' },
    }),
    query({
      ...listed,
      KeyConditionExpression: 'listPk = :list AND listSk < :until',
      ExpressionAttributeValues: { ':list': pk('list'), ':until': 's1' },
    }),
    () => new UpdateCommand({ TableName, Key: { pk: pk('d'), sk: 'E#4' }, UpdateExpression: 'REMOVE listPk, listSk' }),
    query({ ...listed, ExpressionAttributeValues: { ':list': pk('list') } }),
  ]);
  expect(answers.length).toBe(19);
});

it('says the same of batches', async () => {
  const Key = (n: number) => ({ pk: pk('e'), sk: String(n) });
  const write =
    (requests: object[]): Command =>
    () =>
      new BatchWriteCommand({ RequestItems: { [TableName]: requests } });
  const read =
    (keys: object[]): Command =>
    () =>
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys as Record<string, unknown>[] } } });
  await expectTheSame([
    write([1, 2, 3].map((n) => ({ PutRequest: { Item: { ...Key(n), n } } }))),
    write([{ DeleteRequest: { Key: Key(2) } }, { DeleteRequest: { Key: Key(9) } }]),
    read([1, 2, 3].map(Key)),
    read([1, 1].map(Key)),
    write([{ DeleteRequest: { Key: Key(1) } }, { PutRequest: { Item: Key(1) } }]),
  ]);
});

it('says the same of three hundred requests at random', async () => {
  const dice = chance(7);
  await expectTheSame(Array.from({ length: 300 }, () => atRandom(dice)));
});

function atRandom(dice: Chance): Command {
  const Key = { pk: pk(`random-${dice.between(1, 2)}`), sk: `E#${dice.between(1, 5)}` };
  const ver = dice.between(1, 4);
  const Limit = dice.between(1, 6);
  const Item = {
    ...Key,
    ver,
    kind: dice.pick(['lead', 'due']),
    byTime: `t${dice.between(1, 3)}`,
    ...(dice.happens(0.5) && { listPk: pk('random'), listSk: `s${ver}` }),
  };
  const ConditionExpression = dice.pick([
    'attribute_not_exists(pk)',
    'ver = :ver',
    'ver < :ver OR attribute_not_exists(ver)',
  ]);
  const ExpressionAttributeValues = ConditionExpression.includes(':ver') ? { ':ver': dice.between(1, 4) } : undefined;
  const conditional = { ConditionExpression, ...(ExpressionAttributeValues && { ExpressionAttributeValues }) };
  const added = {
    UpdateExpression: 'ADD ver :ver',
    ConditionExpression: 'kind = :kind',
    ExpressionAttributeValues: { ':ver': 1, ':kind': 'lead' },
  };
  return dice.pick<Command>([
    () => new PutCommand({ TableName, Item, ...conditional }),
    () => new UpdateCommand({ TableName, Key, ...added }),
    () => new DeleteCommand({ TableName, Key, ...conditional }),
    () =>
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item, ...conditional } },
          {
            Update: {
              TableName,
              Key: { ...Key, sk: 'A' },
              UpdateExpression: 'ADD ver :ver',
              ExpressionAttributeValues: { ':ver': 1 },
            },
          },
        ],
      }),
    () =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': Key.pk },
        Limit,
      }),
    () =>
      new QueryCommand({
        TableName,
        IndexName: 'byTime',
        KeyConditionExpression: 'pk = :pk AND byTime <= :t',
        ExpressionAttributeValues: { ':pk': Key.pk, ':t': 't2' },
      }),
    () =>
      new QueryCommand({
        TableName,
        IndexName: 'byList',
        KeyConditionExpression: 'listPk = :l',
        ExpressionAttributeValues: { ':l': pk('random') },
      }),
  ]);
}
