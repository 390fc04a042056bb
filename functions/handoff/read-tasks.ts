import * as z from 'zod';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { TaskStore } from './task.store.ts';
import { holderOf, type Task } from './task.ts';
import type { Team } from './team.ts';

export interface ReadTasksDeps {
  readonly tasks: Pick<TaskStore, 'list'>;
  readonly team: Pick<Team, 'reps' | 'manager'>;
}

const Query = z.object({
  rep: z.string().max(64).optional(),
  open: z.enum(['true', 'false'], 'write true, or false for those that are done').default('true'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2048).optional(),
});

/** `GET /api/tasks`: what is to be done, the most overdue first; `open=false`: what is done, the latest first. */
export async function readTasks({ query }: Pick<HttpRequest, 'query'>, deps: ReadTasksDeps): Promise<HttpAnswer> {
  const asked = Query.safeParse(Object.fromEntries(query));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new RequestError(400, 'bad-query', issue?.message ?? 'this query is not understood', issue?.path.join('.'));
  }
  const { rep, open, limit, cursor } = asked.data;
  const page = await tasksOf({ rep, open: open === 'true', limit, cursor }, deps);
  return json(200, { tasks: page.tasks, cursor: page.cursor });
}

interface Wanted {
  /** Left out: everybody's. The manager has those of whoever has left the team. */
  readonly rep?: string | undefined;
  readonly open: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Tasks, each with who is to do it now as its `rep`. */
export async function tasksOf(
  { rep, ...wanted }: Wanted,
  { tasks, team }: ReadTasksDeps,
): Promise<{ readonly tasks: readonly Task[]; readonly cursor: string | null }> {
  const isFor = rep === undefined ? undefined : (holder: string) => holderOf({ rep: holder }, team) === rep;
  const { items, cursor } = await tasks.list({ ...wanted, isFor });
  return { tasks: items.map((task) => ({ ...task, rep: holderOf(task, team) })), cursor };
}
