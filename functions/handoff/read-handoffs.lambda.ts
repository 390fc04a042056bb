import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { handoffStore } from './handoff.store.ts';
import { readHandoffs } from './read-handoffs.ts';

const deps = { handoffs: handoffStore(table(), Account.parse(account).timeZone) };

export const handler = onHttp((request) => readHandoffs(request, deps));
