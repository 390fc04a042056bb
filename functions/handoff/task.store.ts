import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { key, taskKeys } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { listPage } from '../runtime/list-page.ts';
import { queryAll } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';
import { isToDo, Task } from './task.ts';

/** Who did it, or what sales told instead. */
export type Doing = Pick<Task, 'doneBy' | 'outcome'> & { readonly doneAt: string };

interface TaskQuery {
  /** Those still to be done, the most overdue first; else those that are done, the latest first. */
  readonly open: boolean;
  /** Of these reps; left out: everybody's. */
  readonly isFor?: ((rep: string) => boolean) | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface TaskStore {
  /** Every task of a lead, the most recent news first, consistent. */
  ofLead(leadId: string): Promise<readonly Task[]>;
  /** `refused`: there is one for the same cause already, or the lead is erased. */
  create(task: Task): Promise<'created' | 'refused'>;
  /** As it is then; done once is done, whoever says so later. `null`: there is no such task. */
  finish(leadId: string, taskId: string, doing: Doing): Promise<Task | null>;
  /** Throws a RequestError on a cursor that no list gave. */
  list(query: TaskQuery): Promise<{ readonly items: readonly Task[]; readonly cursor: string | null }>;
}

/** Tasks in DynamoDB, under their lead: they go with them. */
export function taskStore(table: Table): TaskStore {
  const { client, name: TableName } = table;
  return { ofLead, create, finish, list };

  async function ofLead(leadId: string): Promise<readonly Task[]> {
    const { pk, sk } = key.task(leadId, '');
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :task)',
      ExpressionAttributeValues: { ':pk': pk, ':task': sk },
      ConsistentRead: true,
    });
    return items.map((item) => Task.parse(item)).sort((a, b) => (a.because.at < b.because.at ? 1 : -1));
  }

  async function create(task: Task): Promise<'created' | 'refused'> {
    const Item = { ...key.task(task.leadId, task.taskId), ...taskKeys(task), kind: 'task', ...task };
    const { outcome } = await writeAll({ client }, [
      { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      { ConditionCheck: { TableName, Key: key.lead(task.leadId), ...unlessErased } },
    ]);
    return outcome === 'written' ? 'created' : 'refused';
  }

  async function finish(leadId: string, taskId: string, doing: Doing): Promise<Task | null> {
    const task = await get(leadId, taskId);
    if (!task || !isToDo(task)) return task;
    const done: Task = { ...task, ...doing };
    const { listPk, listSk } = taskKeys(done);
    const isFirst = await ifItHolds(
      client.send(
        new UpdateCommand({
          TableName,
          Key: key.task(leadId, taskId),
          UpdateExpression: 'SET doneAt = :at, doneBy = :by, outcome = :outcome, listPk = :listPk, listSk = :listSk',
          ConditionExpression: 'attribute_type(doneAt, :nothing)',
          ExpressionAttributeValues: {
            ...{ ':at': done.doneAt, ':by': done.doneBy, ':outcome': done.outcome, ':nothing': 'NULL' },
            ...{ ':listPk': listPk, ':listSk': listSk },
          },
        }),
      ),
    );
    // Somebody else was first, or the lead has been erased.
    return isFirst ? done : get(leadId, taskId);
  }

  async function get(leadId: string, taskId: string): Promise<Task | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: key.task(leadId, taskId), ConsistentRead: true }),
    );
    return Item ? Task.parse(Item) : null;
  }

  async function list({ open, isFor, limit, cursor }: TaskQuery) {
    const { listPk } = taskKeys({ taskId: '', dueAt: '', doneAt: open ? null : '' });
    const keep = isFor && (({ rep }: Readonly<Record<string, unknown>>) => isFor(String(rep)));
    const page = await listPage(table, { list: listPk, limit, cursor, newestFirst: !open, ...(keep && { keep }) });
    const tasks = page.items.map((item) => Task.parse(item));
    // The index may still hold what has just been done.
    return { ...page, items: tasks.filter((task) => isToDo(task) === open) };
  }
}
