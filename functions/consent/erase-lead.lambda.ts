import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
// biome-ignore-start lint/style/noRestrictedImports: what the sender has under way must end before the answer (I-C1); the bus is too late for that.
import { sendStore } from '../nurture/send.store.ts';
import { fenceOf } from '../nurture/send.ts';
// biome-ignore-end lint/style/noRestrictedImports: see above.
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { answerErasure } from './answer-erasure.ts';
import { erasureStore } from './erasure.store.ts';
import { erasureVisitorStore } from './erasure-visitor.store.ts';

const leads = table();
const sends = sendStore(leads, Account.parse(accountPart).timeZone);
const deps = {
  erasures: erasureStore(leads),
  visitors: erasureVisitorStore(leads),
  pepper: secret('PEPPER_SECRET_ARN'),
  claimedUntil: async (leadId: string) => Math.max(0, ...(await sends.list(leadId)).map(fenceOf)),
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  newMask: () => crypto.randomUUID(),
  now: Date.now,
};

/** The API waits thirty seconds for an answer, and a page of the ledger takes a few. */
const workMs = 20_000;

export const handler = onHttp((request) => {
  const endsAt = performance.now() + workMs;
  return answerErasure(request, { ...deps, hasTime: () => performance.now() < endsAt });
});
