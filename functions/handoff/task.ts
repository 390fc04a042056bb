import * as z from 'zod';
import { stableId } from '../leads/lead-id.ts';
import { Label, type Team } from './team.ts';

/** The last that was heard of the lead from sales. */
export const News = z.object({ what: z.enum(['accepted', 'contacted', 'meeting', 'lost']), at: z.string() });
export type News = z.infer<typeof News>;

/** Something a rep is to do for a lead who has not bought (U2). Times are instants, ISO 8601 UTC. */
export const Task = z.object({
  /** `<leadId>.<hash of its cause>`: the same cause is the same task. */
  taskId: z.string(),
  leadId: z.string(),
  handoffId: z.string(),
  /** Who had the lead, or the manager; who has left the team since is stood in for (`holderOf`). */
  rep: z.string(),
  /** `follow-up`: nothing was heard of the lead for some time; `ask-again`: the deal was lost some time ago. */
  asks: z.enum(['follow-up', 'ask-again']),
  title: Label,
  because: News,
  dueAt: z.string(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
  /** A rep or the manager, or empty when nobody said who. */
  doneBy: z.string().nullable(),
  /** What sales told of the lead instead, which has done the task too; `null` when somebody ticked it off. */
  outcome: z.string().nullable(),
});
export type Task = z.infer<typeof Task>;

/** Is it still to be done? */
export function isToDo({ doneAt }: Pick<Task, 'doneAt'>): boolean {
  return doneAt === null;
}

/** Who is to do it: whoever it was given to, or the manager when they are not of the team any more. */
export function holderOf({ rep }: Pick<Task, 'rep'>, { reps, manager }: Pick<Team, 'reps' | 'manager'>): string {
  return reps.some(({ id }) => id === rep) ? rep : manager.id;
}

/** One for the same news of the same hand-off, however often it comes due. */
export function taskIdOf(leadId: string, handoffId: string, { what, at }: News): string {
  return `${leadId}.${stableId('task', handoffId, what, at)}`;
}

/** The lead that an id names; `null` when it is no task's id. */
export function leadOfTask(taskId: string): string | null {
  return /^([a-z2-7]{1,64})\.[a-z2-7]{1,64}$/.exec(taskId)?.[1] ?? null;
}
