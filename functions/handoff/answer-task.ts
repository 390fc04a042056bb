import * as z from 'zod';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import type { TaskStore } from './task.store.ts';
import { leadOfTask } from './task.ts';
import type { Team } from './team.ts';

export interface AnswerTaskDeps {
  readonly tasks: Pick<TaskStore, 'finish'>;
  readonly team: Pick<Team, 'reps' | 'manager'>;
  readonly now: () => number;
}

/** Who has done it; left out or empty: nobody says. */
const Posted = z.object({ rep: z.string().max(64).default('') });

/** `POST /api/tasks/{id}/done`, as JSON or from a page: it is done. Said again, it stays as it was first. */
export async function answerTask(request: HttpRequest, deps: AnswerTaskDeps): Promise<HttpAnswer> {
  const finishIt = (fields: unknown) => finish(request.params.id ?? '', postedAs(Posted, fields), deps);
  return answerPosted(request, backTo(request), finishIt);
}

/** The page it was posted from: the sales pages or a lead's, and nowhere else. */
function backTo({ body }: Pick<HttpRequest, 'body'>): string {
  const back = new URLSearchParams(body.toString()).get('back') ?? '';
  return /^\/(handoffs|leads)(\/\w+(\.\w+)?)?(\?[\w.=&%-]*)?$/.test(back) ? back : '/handoffs';
}

async function finish(
  taskId: string,
  { rep }: z.output<typeof Posted>,
  { tasks, team, now }: AnswerTaskDeps,
): Promise<HttpAnswer> {
  if (rep !== '' && ![...team.reps, team.manager].some(({ id }) => id === rep))
    throw new RequestError(
      422,
      'unknown-rep',
      `There is nobody "${rep}" in the team: leave rep out, or name somebody.`,
      'rep',
    );
  const leadId = leadOfTask(taskId);
  const doing = { doneAt: new Date(now()).toISOString(), doneBy: rep, outcome: null };
  const task = leadId === null ? null : await tasks.finish(leadId, taskId, doing);
  if (!task) throw new RequestError(404, 'unknown-task', 'There is no such task: its lead may have been erased.');
  return json(200, task);
}
