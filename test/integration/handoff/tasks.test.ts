import { describe, expect, it } from 'vitest';
import { answerTask } from '../../../functions/handoff/answer-task.ts';
import { readTasks } from '../../../functions/handoff/read-tasks.ts';
import { taskStore } from '../../../functions/handoff/task.store.ts';
import { Task, taskIdOf } from '../../../functions/handoff/task.ts';
import { RequestError } from '../../../functions/runtime/http.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest } from '../../support/http.ts';
import { aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';

const { leads: table } = await testTables();
const tasks = taskStore(table);
const team = aTeam();
const at = (days: number) => new Date(Date.parse(monday) + days * 86_400_000).toISOString();
const deps = { tasks, team, now: () => Date.parse(at(20)) };

/** Of one lead each; due on that day. */
async function aTask(leadId: string, rep: string, days: number): Promise<Task> {
  const because = { what: 'accepted', at: at(days - 7) } as const;
  const task = Task.parse({
    ...{ taskId: taskIdOf(leadId, `${leadId}.1`, because), leadId, handoffId: `${leadId}.1`, rep, because },
    ...{ asks: 'follow-up', title: { en: 'Follow up' }, dueAt: at(days), createdAt: at(days) },
    ...{ doneAt: null, doneBy: null, outcome: null },
  });
  expect(await tasks.create(task)).toBe('created');
  expect(await tasks.create({ ...task, title: { en: 'Other' } })).toBe('refused');
  return task;
}

const read = async (query: string) => {
  const { body } = await readTasks({ query: new URLSearchParams(query) }, deps);
  return JSON.parse(String(body));
};
const leadsOf = async (query: string) => (await read(query)).tasks.map(({ leadId }: Task) => leadId);
const post = (taskId: string, body: string, type = 'application/json') =>
  answerTask(
    aRequest({ method: 'POST', params: { id: taskId }, headers: { 'content-type': type }, body: Buffer.from(body) }),
    deps,
  );

const late = await aTask('late', 'ana', 3);
await aTask('soon', 'ana', 9);
await aTask('other', 'bruno', 5);
await aTask('gone', 'zoe', 1);

describe('the tasks of sales', () => {
  it('are listed by when they are due: everybody’s, or those of one rep', async () => {
    expect(await leadsOf('')).toEqual(['gone', 'late', 'other', 'soon']);
    expect(await leadsOf('rep=ana')).toEqual(['late', 'soon']);
    expect(await leadsOf('rep=nobody')).toEqual([]);
  });

  it('are the manager’s when their rep has left the team', async () => {
    const { tasks: found } = await read('rep=marta');
    expect(found).toMatchObject([{ leadId: 'gone', rep: 'marta' }]);
  });

  it('are told page by page, and each once', async () => {
    const first = await read('rep=ana&limit=1');
    expect(first.cursor).not.toBeNull();
    const second = await read(`rep=ana&limit=1&cursor=${first.cursor}`);
    expect([first, second].map((page) => page.tasks[0].leadId)).toEqual(['late', 'soon']);
    expect(second.cursor).toBeNull();
    await expect(read('cursor=nonsense')).rejects.toThrow('not from a list');
    await expect(read('open=maybe')).rejects.toThrow(RequestError);
  });

  it('are done once: whoever says so first has done it', async () => {
    expect(await post(late.taskId, '{"rep":"ana"}')).toMatchObject({ status: 200 });
    const again = await post(late.taskId, '{"rep":"bruno"}');
    expect(JSON.parse(String(again.body))).toMatchObject({ doneBy: 'ana', doneAt: at(20), outcome: null });
    expect(await leadsOf('rep=ana')).toEqual(['soon']);
    expect(await leadsOf('open=false')).toEqual(['late']);
    expect(await tasks.ofLead('late')).toHaveLength(1);
  });

  it('lead back to the page they were ticked off on, and to no other', async () => {
    const form = 'application/x-www-form-urlencoded';
    const { taskId } = await aTask('ticked', 'carla', 2);
    const backs = [
      '/leads/abc',
      '/handoffs?rep=ana',
      '//evil.example',
      'https://evil.example',
      '/handoffs/../evil',
      '',
    ];
    const answers = await Promise.all(
      backs.map((back) => post(taskId, new URLSearchParams({ back }).toString(), form)),
    );
    expect(answers.map(({ status, headers }) => [status, headers?.location])).toEqual([
      [303, '/leads/abc'],
      [303, '/handoffs?rep=ana'],
      ...Array.from({ length: 4 }, () => [303, '/handoffs']),
    ]);
  });

  it('are not done by a stranger, and not when there is none', async () => {
    const { taskId } = await aTask('open', 'carla', 4);
    await expect(post(taskId, '{"rep":"mallory"}')).rejects.toMatchObject({ status: 422, code: 'unknown-rep' });
    for (const id of ['open.aaaa', 'nonsense', 'a.b.c', '']) {
      await expect(post(id, '{}')).rejects.toMatchObject({ status: 404, code: 'unknown-task' });
    }
    expect(await leadsOf('rep=carla')).toEqual(['open']);
  });
});
