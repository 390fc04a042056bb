import account from 'ripen:playbook/account';
import followUp from 'ripen:playbook/follow-up';
import team from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { FollowUpDue, HandoffChanged, LeadScored } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { followUpStore } from './follow-up.store.ts';
import { awaitNews, awaitScored, followUpLead } from './follow-up-lead.ts';
import { FollowUpPlan } from './follow-up-plan.ts';
import { handoffStore } from './handoff.store.ts';
import { taskStore } from './task.store.ts';
import { Team } from './team.ts';

const leads = table();
const { timeZone } = Account.parse(account);
const deps = {
  leads: leadStore(leads, timeZone),
  handoffs: handoffStore(leads, timeZone),
  tasks: taskStore(leads),
  followUps: followUpStore(leads),
  plan: FollowUpPlan.parse(followUp),
  team: Team.parse(team),
  publish: publisher(),
  now: Date.now,
};

export const handler = onBusEvents(
  on(LeadScored, (scored) => awaitScored(scored, deps)),
  on(HandoffChanged, (changed) => awaitNews(changed, deps)),
  on(FollowUpDue, (due) => followUpLead(due, deps)),
);
