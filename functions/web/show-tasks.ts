import { type ReadTasksDeps, tasksOf } from '../handoff/read-tasks.ts';
import type { Reader } from './reader.ts';
import { leadNameOf } from './show-handoffs.ts';
import type { PagesDeps } from './show-pages.ts';
import type { TaskRow } from './task-list.ts';

/** So many at once: who has more has enough to do. */
const atOnce = 25;

/** What is to be done now, by one rep or, if nobody is named, by everybody: the most overdue first, with the names of the leads. */
export async function openTasks(
  rep: string | undefined,
  reader: Pick<Reader, 'language'>,
  deps: ReadTasksDeps & Pick<PagesDeps, 'leads'>,
): Promise<readonly TaskRow[]> {
  const { tasks } = await tasksOf({ rep, open: true, limit: atOnce }, deps);
  return Promise.all(tasks.map(async (task) => ({ task, leadName: await leadNameOf(task.leadId, reader, deps) })));
}
