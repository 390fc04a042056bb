import accountPart from 'ripen:playbook/account';
import emails from 'ripen:playbook/emails';
import sequences from 'ripen:playbook/sequences';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { MessageRequested, SendUnresolved, StepDue } from '../leads/bus-event.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { secret } from '../runtime/secrets.ts';
import { messageLinks } from './message-links.ts';
import { toMime } from './mime.ts';
import { pinnedEmails, pinnedSequences } from './pinned-playbook.ts';
import { resolveSend } from './resolve-send.ts';
import { sendRequested } from './send-message.ts';
import { type StepDeps, sendStep } from './send-step.ts';
import { sendingStores } from './sending-stores.ts';
import { sesSender } from './ses.ts';

const leads = table();
const account = Account.parse(accountPart);
const baseUrl = env('BASE_URL');
const stores = sendingStores(leads, account, Date.now);
const deps: StepDeps = {
  ...{ version, account, baseUrl, newToken: () => crypto.randomUUID() },
  ...stores,
  sequences: pinnedSequences({ version, content: sequences }, playbookStore(leads)),
  emails: pinnedEmails({ version, content: emails }, playbookStore(leads)),
  links: messageLinks({ baseUrl, replyDomain: account.replies?.domain }, secret('LINK_KEYS_SECRET_ARN')),
  toMime,
  sendMail: sesSender({ tracked: env('CONFIGURATION_SET'), untracked: env('UNTRACKED_CONFIGURATION_SET') }),
};

export const handler = onBusEvents(
  on(StepDue, (knock) => sendStep(knock, deps)),
  on(MessageRequested, (request) => sendRequested(request, deps)),
  on(SendUnresolved, (send) => resolveSend(send, deps)),
);
