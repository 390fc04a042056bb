import team from 'ripen:playbook/team';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { readTasks } from './read-tasks.ts';
import { taskStore } from './task.store.ts';
import { Team } from './team.ts';

const deps = { tasks: taskStore(table()), team: Team.parse(team) };

export const handler = onHttp((request) => readTasks(request, deps));
