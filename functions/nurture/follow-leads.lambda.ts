import accountPart from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import sequencesPart from 'ripen:playbook/sequences';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { ActivityRecorded, LeadHandedOff, LeadSuppressed } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { endWalks, followActivity } from './follow-lead.ts';
import { pinned } from './pinned-playbook.ts';
import { PromisedAssets } from './promised-asset.ts';
import { sendStore } from './send.store.ts';
import { Sequences } from './sequence.ts';

const leads = table();
const account = Account.parse(accountPart);
const sequences = { version, content: Sequences.parse(sequencesPart) };
const deps = {
  leads: leadStore(leads, account.timeZone),
  enrollments: enrollmentStore(leads),
  sends: sendStore(leads),
  sequences: pinned('sequences', Sequences, sequences, playbookStore(leads)),
  version,
  assets: PromisedAssets.parse(forms),
  language: account.language,
  baseUrl: env('BASE_URL'),
  publish: publisher(),
  now: Date.now,
};

export const handler = onBusEvents(
  on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
  on(LeadHandedOff, ({ leadId }) => endWalks(leadId, 'handed-off', deps)),
  on(LeadSuppressed, ({ leadId }) => endWalks(leadId, 'suppressed', deps)),
);
