import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Given } from './expression.ts';
import { type Item, named, sizeOf, validationError } from './item.ts';
import type { Key, TableTwin, TwinWrite } from './table.ts';

/** A request on its way: what it is, and what it does when it arrives. Faults are put around it. */
export interface Request {
  readonly kind: 'read' | 'list' | 'write' | 'transaction' | 'batch-write' | 'batch-read';
  /** The items it is about, as `pk sk`; none for a list. */
  readonly items: readonly string[];
  /** @throws what DynamoDB would answer with. */
  readonly arrive: () => object;
}

/** Brings a request to the table and its answer back, or does not. */
export type Carrier = (request: Request) => Promise<object>;

/** The part of DynamoDB's client that the stores use, on a table in memory. */
export function twinClient(
  table: TableTwin,
  carry: Carrier,
  alter = (command: unknown) => command,
): DynamoDBDocumentClient {
  const client = { send: (command: unknown) => carry(requestOf(alter(command), table)), destroy() {} };
  // The stores call nothing but `send`, with the commands below: the contract tests hold both clients to the same answers.
  return client as unknown as DynamoDBDocumentClient;
}

function requestOf(command: unknown, table: TableTwin): Request {
  if (command instanceof GetCommand) {
    const key = keyOf(command.input.Key);
    return { kind: 'read', items: [idOf(key)], arrive: () => ({ Item: table.get(key) }) };
  }
  if (command instanceof QueryCommand) return queryRequest(command, table);
  if (command instanceof PutCommand) {
    const { Item = {}, ...input } = command.input;
    return single({ kind: 'put', key: keyOf(Item), item: Item, ...conditionIn(input) }, table);
  }
  if (command instanceof UpdateCommand) {
    const { Key, UpdateExpression: update, ...input } = command.input;
    return single({ kind: 'update', key: keyOf(Key), update, ...conditionIn(input) }, table);
  }
  if (command instanceof DeleteCommand)
    return single({ kind: 'delete', key: keyOf(command.input.Key), ...conditionIn(command.input) }, table);
  if (command instanceof TransactWriteCommand) return transaction(command, table);
  if (command instanceof BatchWriteCommand) return batchWrite(command, table);
  if (command instanceof BatchGetCommand) return batchGet(command, table);
  throw new Error(
    `the twin of the table does not know ${String(command?.constructor?.name)} yet: add it to twin/client.ts`,
  );
}

interface Expressions {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

const nothing = {};

function givenIn({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Expressions): Given {
  return { names: names ?? nothing, values: values ?? nothing };
}

function conditionIn(input: Expressions): Pick<TwinWrite, 'condition' | 'given'> {
  return { condition: input.ConditionExpression, given: givenIn(input) };
}

function keyOf(item: Item | undefined): Key {
  const { pk, sk } = item ?? (nothing as Item);
  if (typeof pk !== 'string' || typeof sk !== 'string' || pk === '' || sk === '')
    throw validationError('One or more parameter values are not valid: a key is missing');
  return { pk, sk };
}

function idOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}

function single(write: TwinWrite, table: TableTwin): Request {
  return {
    kind: 'write',
    items: [idOf(write.key)],
    arrive() {
      if (table.write([write]).length > 0)
        throw named('ConditionalCheckFailedException', 'The conditional request failed');
      return {};
    },
  };
}

function queryRequest({ input }: QueryCommand, table: TableTwin): Request {
  const { KeyConditionExpression: condition = '', IndexName: index, FilterExpression: filter, Limit: limit } = input;
  const { ScanIndexForward, ExclusiveStartKey: after } = input;
  const query = {
    index,
    condition,
    filter,
    limit,
    after,
    backwards: ScanIndexForward === false,
    given: givenIn(input),
  };
  return {
    kind: 'list',
    items: [],
    arrive() {
      const { items, last } = table.query(query);
      return { Items: items, LastEvaluatedKey: last };
    },
  };
}

const mostWrites = 100;
const mostBytes = 4 * 1024 * 1024;

function transaction({ input }: TransactWriteCommand, table: TableTwin): Request {
  const writes = (input.TransactItems ?? []).map(({ Put, Update, Delete, ConditionCheck }): TwinWrite => {
    if (Put) return { kind: 'put', key: keyOf(Put.Item), item: Put.Item ?? {}, ...conditionIn(Put) };
    if (Update)
      return { kind: 'update', key: keyOf(Update.Key), update: Update.UpdateExpression, ...conditionIn(Update) };
    if (Delete) return { kind: 'delete', key: keyOf(Delete.Key), ...conditionIn(Delete) };
    return { kind: 'check', key: keyOf(ConditionCheck?.Key), ...conditionIn(ConditionCheck ?? {}) };
  });
  const items = writes.map(({ key }) => idOf(key));
  // DynamoDB answers a transaction that comes a second time as it did the first (the SDK gives each one a token).
  let answered: object | undefined;
  return {
    kind: 'transaction',
    items,
    arrive() {
      if (answered) return answered;
      if (writes.length < 1 || writes.length > mostWrites)
        throw validationError(`a transaction has 1–${mostWrites} writes, not ${writes.length}`);
      if (new Set(items).size < items.length)
        throw validationError('Transaction request cannot include multiple operations on one item');
      if (writes.reduce((bytes, { item }) => bytes + (item ? sizeOf(item) : 0), 0) > mostBytes)
        throw validationError('Collection size exceeded: 4 MB per transaction');
      const failed = table.write(writes);
      if (failed.length > 0) throw cancelled(items, failed, 'ConditionalCheckFailed');
      answered = {};
      return answered;
    },
  };
}

/** A transaction that did not happen, with the reason for each of its writes. */
export function cancelled(items: readonly string[], places: readonly number[], code: string): Error {
  const CancellationReasons = items.map((_, place) => ({ Code: places.includes(place) ? code : 'None' }));
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return Object.assign(named('TransactionCanceledException', `Transaction cancelled: [${codes}]`), {
    CancellationReasons,
  });
}

function batchWrite({ input }: BatchWriteCommand, table: TableTwin): Request {
  const given = { names: nothing, values: nothing };
  const writes = Object.values(input.RequestItems ?? {}).flatMap((requests) =>
    requests.map(
      ({ PutRequest, DeleteRequest }): TwinWrite =>
        PutRequest
          ? { kind: 'put', key: keyOf(PutRequest.Item), item: PutRequest.Item ?? {}, given }
          : { kind: 'delete', key: keyOf(DeleteRequest?.Key), given },
    ),
  );
  const items = writes.map(({ key }) => idOf(key));
  return {
    kind: 'batch-write',
    items,
    arrive() {
      if (writes.length < 1 || writes.length > 25)
        throw validationError(`a batch has 1–25 writes, not ${writes.length}`);
      if (new Set(items).size < items.length) throw validationError('Provided list of item keys contains duplicates');
      for (const write of writes) table.write([write]);
      return { UnprocessedItems: {} };
    },
  };
}

function batchGet({ input }: BatchGetCommand, table: TableTwin): Request {
  const asked = Object.entries(input.RequestItems ?? {});
  const items = asked.flatMap(([, { Keys = [] }]) => Keys.map((key) => idOf(keyOf(key))));
  return {
    kind: 'batch-read',
    items,
    arrive() {
      if (items.length < 1 || items.length > 100) throw validationError(`a batch has 1–100 keys, not ${items.length}`);
      if (new Set(items).size < items.length) throw validationError('Provided list of item keys contains duplicates');
      const Responses = Object.fromEntries(
        asked.map(([name, { Keys = [] }]) => [name, Keys.flatMap((key) => table.get(keyOf(key)) ?? [])]),
      );
      return { Responses, UnprocessedKeys: {} };
    },
  };
}
