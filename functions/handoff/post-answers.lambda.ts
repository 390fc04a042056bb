import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { handoffDeps } from './handoff-deps.ts';
import { postAnswer } from './post-answer.ts';
import { Team } from './team.ts';

const account = Account.parse(accountPart);
const deps = { ...handoffDeps(table(), account, Team.parse(teamPart)), account };

export const handler = onHttp((request) => postAnswer(request, deps));
