import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { readLinkKeys } from '../leads/link-token.ts';
// biome-ignore-start lint/style/noRestrictedImports: what the sender has under way must end before the answer (I-C1); the bus is too late for that.
import { endWalks } from '../nurture/end-walks.ts';
import { enrollmentStore } from '../nurture/enrollment.store.ts';
import { sendStore } from '../nurture/send.store.ts';
import { fenceOf } from '../nurture/send.ts';
// biome-ignore-end lint/style/noRestrictedImports: see above.
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { answerUnsubscribe } from './answer-unsubscribe.ts';
import { confirmationStore } from './confirmation.store.ts';
import { suppressionStore } from './suppression.store.ts';

const [leads, account, keys] = [table(), Account.parse(accountPart), secret('LINK_KEYS_SECRET_ARN')];
const enrollments = enrollmentStore(leads, account.timeZone);
const deps = {
  leads: leadStore(leads, account.timeZone),
  suppressions: suppressionStore(leads),
  confirmations: confirmationStore(leads),
  endWalks: (leadId: string) => endWalks(leadId, { enrollments, now: Date.now }),
  claimedUntil: async (leadId: string) =>
    Math.max(0, ...(await sendStore(leads, account.timeZone).list(leadId)).map(fenceOf)),
  linkKeys: async () => readLinkKeys(await keys()),
  language: account.language,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  now: Date.now,
};

export const handler = onHttp((request) => answerUnsubscribe(request, deps));
