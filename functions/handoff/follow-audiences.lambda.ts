import accountPart from 'ripen:playbook/account';
import followUp from 'ripen:playbook/follow-up';
import { Account } from '../leads/account.ts';
import { ActivityRecorded, LeadHandedOff, LeadSuppressed } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { audienceStore } from './audience.store.ts';
import { followActivity, reviewMember } from './follow-audiences.ts';
import { FollowUpPlan } from './follow-up-plan.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(accountPart).timeZone),
  audiences: audienceStore(leads),
  plan: FollowUpPlan.parse(followUp),
  now: Date.now,
};

export const handler = onBusEvents(
  on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
  on(LeadHandedOff, ({ leadId }) => reviewMember(leadId, deps)),
  on(LeadSuppressed, ({ leadId }) => reviewMember(leadId, deps)),
);
