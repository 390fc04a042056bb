import { setTimeout } from 'node:timers/promises';
import account from 'ripen:playbook/account';
import team from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { LeadQualified } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { log } from '../runtime/log.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { type HandOffDeps, handOffLead } from './hand-off-lead.ts';
import { handoffStore } from './handoff.store.ts';
import { Team } from './team.ts';

const leads = table();
const parsed = Account.parse(account);
const deps: HandOffDeps = {
  leads: leadStore(leads, parsed.timeZone),
  handoffs: handoffStore(leads, parsed.timeZone),
  team: Team.parse(team),
  account: parsed,
  baseUrl: env('BASE_URL'),
  now: Date.now,
  pause: async (attempt) => {
    await setTimeout(Math.random() * Math.min(200, 20 * attempt));
  },
};

export const handler = onBusEvents(
  on(LeadQualified, async (qualified) => {
    const { outcome, ...ids } = await handOffLead(qualified, deps);
    log(`hand-off-${outcome}`, { leadId: qualified.leadId, cycle: qualified.cycle, ...ids });
  }),
);
