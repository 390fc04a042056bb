import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { localDay } from '../leads/calendar.ts';
import { messageExpiry } from '../leads/retention.ts';
import { dayKeys, feedbackKeys, feedbackPartitions, key } from '../leads/table.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { queryAll } from '../runtime/query-all.ts';
import type { Write } from '../runtime/transaction.ts';
import { type FateNote, MessageFate, type MessageId } from './message-fate.ts';
import type { Send } from './send.ts';

export interface MessageFateStore {
  /**
   * Notes what an activity says of a message that has a fate: one write, the same however often and in whatever order. False when
   * it has none.
   */
  note(note: FateNote): Promise<boolean>;
  /** Notes it also when it is the first that is heard of the message. */
  begin(note: FateNote): Promise<void>;
  /** Takes back that a person opened or clicked, if it was this activity that said so. */
  withdraw(message: MessageId, by: NonNullable<FateNote['by']>): Promise<boolean>;
  /** What became of every message to a lead, oldest first. */
  list(leadId: string): Promise<readonly MessageFate[]>;
  /** Messages sent before this instant of which nobody knows whether they arrived, oldest first, at most `limit`. */
  unsettled(before: string, limit: number): Promise<readonly MessageFate[]>;
  /** Nobody need ask about this message any more; with `unknownAt`, because nobody would say. */
  settle(message: MessageId, unknownAt?: string): Promise<void>;
}

/** The fates of messages in DynamoDB. `timeZone` decides on which local day a message counts. */
export function messageFateStore(table: Table, timeZone: string): MessageFateStore {
  const { client, name: TableName } = table;
  return { note, begin, withdraw, list, unsettled, settle };

  async function note(note: FateNote): Promise<boolean> {
    const ConditionExpression = 'attribute_exists(pk)';
    return ifItHolds(client.send(new UpdateCommand({ TableName, ConditionExpression, ...noteUpdate(note, timeZone) })));
  }

  async function begin(note: FateNote): Promise<void> {
    await client.send(new UpdateCommand({ TableName, ...noteUpdate(note, timeZone) }));
  }

  async function withdraw(message: MessageId, { fact, activityId }: NonNullable<FateNote['by']>): Promise<boolean> {
    return ifItHolds(
      client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(message),
          UpdateExpression: 'REMOVE #fact, #by',
          ConditionExpression: '#by = :by',
          ExpressionAttributeNames: { '#fact': fact, '#by': byOf(fact) },
          ExpressionAttributeValues: { ':by': activityId },
        }),
      ),
    );
  }

  async function list(leadId: string): Promise<readonly MessageFate[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :message)',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':message': 'W#' },
      ConsistentRead: true,
    });
    return items.map((item) => MessageFate.parse(item)).toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
  }

  async function unsettled(before: string, limit: number): Promise<readonly MessageFate[]> {
    const listed = await Promise.all(
      feedbackPartitions().map((list) =>
        queryAll(table, {
          IndexName: 'byList',
          KeyConditionExpression: 'listPk = :list AND listSk < :before',
          ExpressionAttributeValues: { ':list': list, ':before': before },
        }),
      ),
    );
    const oldest = listed
      .flat()
      .toSorted((a, b) => (String(a.listSk) < String(b.listSk) ? -1 : 1))
      .slice(0, limit);
    // The index may be behind: what counts is the item.
    const items = await getAll(
      table,
      oldest.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    return items.filter(({ listPk }) => listPk !== undefined).map((item) => MessageFate.parse(item));
  }

  async function settle(message: MessageId, unknownAt?: string): Promise<void> {
    const isUnknown = unknownAt !== undefined;
    await ifItHolds(
      client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(message),
          UpdateExpression: `${isUnknown ? 'SET settledAt = :at, isUnknown = :true ' : ''}REMOVE listPk, listSk`,
          ConditionExpression: isUnknown
            ? 'attribute_exists(pk) AND attribute_not_exists(settledAt)'
            : 'attribute_exists(pk)',
          ...(isUnknown && { ExpressionAttributeValues: { ':at': unknownAt, ':true': true } }),
        }),
      ),
    );
  }
}

/**
 * The beginning of a message's fate, written with the record that it was sent; null when nothing will be told of it. It is listed as
 * unsettled even if its delivery was quicker than this write: whoever asks about it sees that and takes it off.
 */
export function fateWrite(TableName: string, send: Send, timeZone: string): Write | null {
  const { leadId, sequence, run, step, status, purpose, messageId, template, variant, at } = send;
  // A colleague's mail is not tracked.
  if (status !== 'sent' || purpose === 'team' || messageId === undefined) return null;
  const sent = { template, messageId, sentAt: at, ...(variant !== undefined && { variant }) };
  const note = { message: { leadId, sequence, run, step }, sent, facts: {}, settles: false };
  return { Update: { TableName, ...noteUpdate(note, timeZone, feedbackKeys(at, note.message)) } };
}

function keyOf({ leadId, sequence, run, step }: MessageId) {
  return key.message(leadId, sequence, run, step);
}

const byOf = (fact: string) => fact.replace(/At$/, 'By');

/** A note as one update. First of each kind wins, except for what is for good and for the list it stands on. */
function noteUpdate(note: FateNote, timeZone: string, listed: Readonly<Record<string, string>> = {}) {
  const { message, sent, facts, by, why, isForGood, settles } = note;
  const settledAt = settles ? Object.values(facts)[0] : undefined;
  const once = {
    ...(sent && { kind: 'message', ...message, ...sent, ...onItsDay(message, sent.sentAt, timeZone) }),
    ...facts,
    ...(by && { [byOf(by.fact)]: by.activityId }),
    ...(!isForGood && why),
    ...(settledAt !== undefined && { settledAt }),
  };
  const always = { ...(isForGood && why), ...listed };
  const assignments = [
    ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(always).map((name) => `#${name} = :${name}`),
  ];
  const values = Object.entries({ ...once, ...always });
  return {
    Key: keyOf(message),
    UpdateExpression: `SET ${assignments.join(', ')}${settles ? ' REMOVE listPk, listSk, isUnknown' : ''}`,
    ExpressionAttributeNames: Object.fromEntries(values.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])),
  };
}

function onItsDay({ leadId, sequence, run, step }: MessageId, sentAt: string, timeZone: string) {
  const day = localDay(sentAt, timeZone);
  return {
    day,
    recordedAt: sentAt,
    expiresAt: messageExpiry(sentAt),
    ...dayKeys(day, sentAt, `${leadId}#${sequence}#${run}#${step}#message`),
  };
}
