import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { answerPosted } from '../runtime/posted.ts';
import { publisher } from '../runtime/publish.ts';
import { adjustScore } from './adjust-score.ts';

const deps = {
  leads: leadStore(table(), Account.parse(account).timeZone),
  publish: publisher(),
  now: Date.now,
  newId: () => crypto.randomUUID(),
};

export const handler = onHttp((request) => {
  const { leadId = '' } = request.params;
  const key = request.headers['idempotency-key'];
  const page = `/leads/${encodeURIComponent(leadId)}`;
  const adjust = async (fields: unknown) => json(202, await adjustScore(leadId, fields, { ...deps, key }));
  return answerPosted(request, page, adjust, `${page}?adjusted=1#score`);
});
