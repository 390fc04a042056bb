import accountPart from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import { Account } from '../leads/account.ts';
import { ActivityRecorded } from '../leads/bus-event.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { secret } from '../runtime/secrets.ts';
import { askConfirmation, ConfirmedForms } from './ask-confirmation.ts';
import { confirmationStore } from './confirmation.store.ts';
import { consentStore } from './consent.store.ts';

const [leads, keys] = [table(), secret('LINK_KEYS_SECRET_ARN')];
const deps = {
  consents: consentStore(leads),
  confirmations: confirmationStore(leads),
  forms: ConfirmedForms.parse(forms),
  linkKeys: async () => readLinkKeys(await keys()),
  baseUrl: env('BASE_URL'),
  language: Account.parse(accountPart).language,
  now: Date.now,
};

export const handler = onBusEvents(
  on(ActivityRecorded, async ({ leadId, activity }) => leadId && askConfirmation(leadId, activity, deps)),
);
