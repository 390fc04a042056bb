import accountPart from 'ripen:playbook/account';
import followUp from 'ripen:playbook/follow-up';
import forms from 'ripen:playbook/forms';
import sequences from 'ripen:playbook/sequences';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { ActivityRecorded, LeadHandedOff, LeadScored, LeadSuppressed } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { endWalksFor } from './end-walks.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { followActivity, followScore, followSuppression } from './follow-lead.ts';
import { pinnedSequences } from './pinned-playbook.ts';
import { PlannedSequences } from './planned-sequence.ts';
import { PromisedAssets } from './promised-asset.ts';
import { sendStore } from './send.store.ts';

const leads = table();
const account = Account.parse(accountPart);
const deps = {
  leads: leadStore(leads, account.timeZone),
  enrollments: enrollmentStore(leads, account.timeZone),
  sends: sendStore(leads, account.timeZone),
  sequences: pinnedSequences({ version, content: sequences }, playbookStore(leads)),
  planned: PlannedSequences.parse(followUp),
  assets: PromisedAssets.parse(forms),
  ...{ version, account, baseUrl: env('BASE_URL'), publish: publisher(), now: Date.now },
};

export const handler = onBusEvents(
  on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
  on(LeadScored, (scored) => followScore(scored, deps)),
  on(LeadHandedOff, ({ leadId, at }) => endWalksFor(leadId, 'handed-off', deps, at)),
  on(LeadSuppressed, ({ leadId }) => followSuppression(leadId, deps)),
);
