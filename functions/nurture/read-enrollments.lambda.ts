import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { messageFateStore } from './message-fate.store.ts';
import { readEnrollments } from './read-enrollments.ts';
import { sendStore } from './send.store.ts';

const leads = table();
const { timeZone } = Account.parse(accountPart);
const deps = {
  enrollments: enrollmentStore(leads, timeZone),
  sends: sendStore(leads, timeZone),
  fates: messageFateStore(leads, timeZone),
  now: Date.now,
};

export const handler = onHttp(async ({ params }) => json(200, await readEnrollments(params.leadId ?? '', deps)));
