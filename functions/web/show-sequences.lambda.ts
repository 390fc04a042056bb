import accountPart from 'ripen:playbook/account';
import emails from 'ripen:playbook/emails';
import content from 'ripen:playbook/sequences';
import playbookVersion from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { reviewStore } from '../leads/review.store.ts';
import { sequenceDayStore } from '../leads/sequence-day.store.ts';
import { EmailTemplates } from '../nurture/email-template.ts';
import { pinnedSequences } from '../nurture/pinned-playbook.ts';
import { sendingSwitchStore } from '../nurture/sending-switch.store.ts';
import { Sequences } from '../nurture/sequence.ts';
import { walkListStore } from '../nurture/walk-list.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { type SequencesDeps, showSequencesPage } from './show-sequences.ts';

const leads = table();
const account = Account.parse(accountPart);
const deps: SequencesDeps = {
  ...{ account, timeZone: account.timeZone, playbookVersion, stage: env('STAGE'), baseUrl: env('BASE_URL') },
  sequences: Sequences.parse(content),
  pinned: pinnedSequences({ version: playbookVersion, content }, playbookStore(leads)),
  emails: EmailTemplates.parse(emails),
  leads: leadStore(leads, account.timeZone),
  reviews: reviewStore(leads),
  days: sequenceDayStore(table('METRICS_TABLE_NAME')),
  walks: walkListStore(leads),
  sendingSwitch: sendingSwitchStore(leads),
  pepper: secret('PEPPER_SECRET_ARN'),
  now: Date.now,
};

export const handler = onHttp((request) => showSequencesPage(request, deps));
