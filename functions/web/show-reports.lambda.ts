import accountPart from 'ripen:playbook/account';
import followUp from 'ripen:playbook/follow-up';
import scoring from 'ripen:playbook/scoring';
import teamPart from 'ripen:playbook/team';
import playbookVersion from 'ripen:playbook/version';
import { audienceStore } from '../handoff/audience.store.ts';
import { deliveryStore } from '../handoff/delivery.store.ts';
import { FollowUpPlan } from '../handoff/follow-up-plan.ts';
import { leaksStore } from '../handoff/leaks.store.ts';
import { hasPricingSignal } from '../handoff/leaks.ts';
import { Team } from '../handoff/team.ts';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { reviewStore } from '../leads/review.store.ts';
import { sendingSwitchStore } from '../nurture/sending-switch.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { type ReportsDeps, showReport } from './show-reports.ts';

const leads = table();
const account = Account.parse(accountPart);
const deps: ReportsDeps = {
  ...{ account, timeZone: account.timeZone, playbookVersion, stage: env('STAGE'), now: Date.now },
  plan: FollowUpPlan.parse(followUp),
  team: Team.parse(teamPart),
  knowsPricing: hasPricingSignal(scoring),
  audiences: audienceStore(leads),
  leaks: leaksStore(leads),
  deliveries: deliveryStore(leads),
  leads: leadStore(leads, account.timeZone),
  reviews: reviewStore(leads),
  sendingSwitch: sendingSwitchStore(leads),
};

export const handler = onHttp((request) => showReport(request, deps));
