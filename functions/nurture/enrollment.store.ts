import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { localDay } from '../leads/calendar.ts';
import { dueItem } from '../leads/due-item.ts';
import type { Lead } from '../leads/lead.ts';
import { messageExpiry } from '../leads/retention.ts';
import { dayKeys, key, walkKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { dueOf, Enrollment, isOver } from './enrollment.ts';
import type { Frequency } from './frequency.ts';

export interface EnrollmentStore {
  get(leadId: string, sequence: string): Promise<Enrollment | null>;
  /** Every walk of a lead, read consistently. */
  list(leadId: string): Promise<readonly Enrollment[]>;
  /**
   * Begins a walk, in the place of the one before, which is over. `exists`: another has begun since. `lead-changed`: since `lead` was
   * read, somebody wrote it; read it and decide again, since it may have been handed off or suppressed.
   */
  start(enrollment: Enrollment, lead: Pick<Lead, 'ver'>): Promise<'started' | 'exists' | 'lead-changed'>;
  /** Stores the next state of a walk with what it waits for. `conflict`: read it and decide again. */
  save(enrollment: Enrollment): Promise<'saved' | 'conflict'>;
  /** The same, if no e-mail has been claimed for the lead since `frequency` was read: a walk that gets a new name must not bring it again. */
  saveUnsent(enrollment: Enrollment, frequency: Frequency): Promise<'saved' | 'conflict'>;
}

/** Walks in DynamoDB; `timeZone` is the account's, whose days they are counted on. */
export function enrollmentStore(table: Table, timeZone: string): EnrollmentStore {
  const { client, name: TableName } = table;
  return { get, list, start, save, saveUnsent };

  async function get(leadId: string, sequence: string): Promise<Enrollment | null> {
    const Key = key.enrollment(leadId, sequence);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? Enrollment.parse(Item) : null;
  }

  async function list(leadId: string): Promise<readonly Enrollment[]> {
    const { pk, sk } = key.enrollment(leadId, '');
    // Never more than one page: a lead has one item per sequence.
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => Enrollment.parse(item));
  }

  async function start(enrollment: Enrollment, lead: Pick<Lead, 'ver'>) {
    const unchanged: Write = {
      ConditionCheck: {
        TableName,
        Key: key.lead(enrollment.leadId),
        ConditionExpression: 'ver = :ver',
        ExpressionAttributeValues: { ':ver': lead.ver },
      },
    };
    const entered = walkRow(TableName, enrollment, 'entered', timeZone);
    const answer = await writeAll(table, [...enrollmentWrites(TableName, enrollment, timeZone), unchanged, entered]);
    if (answer.outcome === 'written') return 'started';
    return answer.failed.includes(0) ? 'exists' : 'lead-changed';
  }

  async function save(enrollment: Enrollment) {
    return saveWith(enrollment, []);
  }

  async function saveUnsent(enrollment: Enrollment, frequency: Frequency) {
    return saveWith(enrollment, [unsentCheck(TableName, enrollment.leadId, frequency)]);
  }

  async function saveWith(enrollment: Enrollment, checks: readonly Write[]): Promise<'saved' | 'conflict'> {
    const { outcome } = await writeAll(table, [...enrollmentWrites(TableName, enrollment, timeZone), ...checks]);
    return outcome === 'written' ? 'saved' : 'conflict';
  }
}

/** Holds while nobody has claimed a marketing e-mail for the lead since. */
function unsentCheck(TableName: string, leadId: string, { ver }: Frequency): Write {
  return {
    ConditionCheck: {
      TableName,
      Key: key.frequency(leadId),
      ...(ver === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'ver = :ver', ExpressionAttributeValues: { ':ver': ver } }),
    },
  };
}

/** The writes that store one state of a walk: the walk first, then what it waits for, or that it is over. */
export function enrollmentWrites(TableName: string, enrollment: Enrollment, timeZone: string): readonly Write[] {
  const { leadId, sequence, ver, dueAt } = enrollment;
  const subject = `${leadId}#${sequence}`;
  const due = dueOf(enrollment);
  return [
    {
      Put: {
        TableName,
        Item: {
          ...key.enrollment(leadId, sequence),
          kind: 'enrollment',
          ...(dueAt !== null && walkKeys(sequence, dueAt, leadId)),
          ...enrollment,
        },
        ...(ver === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'ver = :ver', ExpressionAttributeValues: { ':ver': ver - 1 } }),
      },
    },
    due
      ? { Put: { TableName, Item: dueItem('step', subject, due) } }
      : { Delete: { TableName, Key: key.due('step', subject) } },
    ...(isOver(enrollment) ? [walkRow(TableName, enrollment, 'left', timeZone)] : []),
  ];
}

/** That a walk began, or ended, on a day of the account's calendar. */
function walkRow(TableName: string, enrollment: Enrollment, what: 'entered' | 'left', timeZone: string): Write {
  const { leadId, sequence, run, version, step, status, exit, enrolledAt, endedAt } = enrollment;
  const at = what === 'left' && endedAt !== null ? endedAt : enrolledAt;
  const id = `${leadId}#${sequence}#${run}#${what}`;
  const reason = what === 'left' ? (exit?.reason ?? status) : undefined;
  return {
    Put: {
      TableName,
      Item: {
        ...key.walk(leadId, sequence, run, what),
        ...dayKeys(localDay(at, timeZone), at, id),
        expiresAt: messageExpiry(at),
        kind: 'walk',
        ...{ leadId, sequence, run, version, what, step, recordedAt: at },
        ...(reason !== undefined && { reason }),
      },
    },
  };
}
