import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../leads/lead.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { dueItem } from './due-item.ts';
import { dueOf, Enrollment } from './enrollment.ts';

export interface EnrollmentStore {
  get(leadId: string, sequence: string): Promise<Enrollment | null>;
  /** Every walk of a lead, read consistently. */
  list(leadId: string): Promise<readonly Enrollment[]>;
  /**
   * Begins a walk. `exists`: this lead has walked it before. `lead-changed`: since `lead` was read, somebody wrote it; read it and
   * decide again, since it may have been handed off or suppressed.
   */
  start(enrollment: Enrollment, lead: Pick<Lead, 'ver'>): Promise<'started' | 'exists' | 'lead-changed'>;
  /** Stores the next state of a walk with what it waits for. `conflict`: read it and decide again. */
  save(enrollment: Enrollment): Promise<'saved' | 'conflict'>;
}

/** Walks in DynamoDB. */
export function enrollmentStore(table: Table): EnrollmentStore {
  const { client, name: TableName } = table;
  return { get, list, start, save };

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
    const answer = await writeAll(table, [...enrollmentWrites(TableName, enrollment), unchanged]);
    if (answer.outcome === 'written') return 'started';
    return answer.failed.includes(0) ? 'exists' : 'lead-changed';
  }

  async function save(enrollment: Enrollment) {
    const { outcome } = await writeAll(table, enrollmentWrites(TableName, enrollment));
    return outcome === 'written' ? 'saved' : 'conflict';
  }
}

/** The writes that store one state of a walk: the walk first, then the due item it waits for, or its removal. */
export function enrollmentWrites(TableName: string, enrollment: Enrollment): readonly [Write, Write] {
  const { leadId, sequence, ver } = enrollment;
  const subject = `${leadId}#${sequence}`;
  const due = dueOf(enrollment);
  return [
    {
      Put: {
        TableName,
        Item: { ...key.enrollment(leadId, sequence), kind: 'enrollment', ...enrollment },
        ...(ver === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'ver = :ver', ExpressionAttributeValues: { ':ver': ver - 1 } }),
      },
    },
    due
      ? { Put: { TableName, Item: dueItem('step', subject, due) } }
      : { Delete: { TableName, Key: key.due('step', subject) } },
  ];
}
