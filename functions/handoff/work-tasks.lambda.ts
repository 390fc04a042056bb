import team from 'ripen:playbook/team';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { answerTask } from './answer-task.ts';
import { readTasks } from './read-tasks.ts';
import { taskStore } from './task.store.ts';
import { Team } from './team.ts';

const deps = { tasks: taskStore(table()), team: Team.parse(team), now: Date.now };

export const handler = onHttp((request) =>
  request.method === 'GET' ? readTasks(request, deps) : answerTask(request, deps),
);
