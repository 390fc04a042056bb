import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { ScoreDue } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { modelStore } from './model.store.ts';
import { settleLead } from './settle-lead.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(account).timeZone),
  models: modelStore(leads),
  now: Date.now,
};

export const handler = onBusEvents(on(ScoreDue, ({ leadId }) => settleLead(leadId, deps)));
