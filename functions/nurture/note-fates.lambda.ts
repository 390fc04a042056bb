import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { ActivityRecorded, ActivityRejudged } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { messageFateStore } from './message-fate.store.ts';
import { noteFate, renoteFate } from './note-fate.ts';

const leads = table();
const { timeZone } = Account.parse(accountPart);
const deps = { fates: messageFateStore(leads, timeZone), leads: leadStore(leads, timeZone) };

export const handler = onBusEvents(
  on(ActivityRecorded, async ({ leadId, activity }) => leadId !== null && noteFate(leadId, activity, deps)),
  on(ActivityRejudged, ({ leadId, activity }) => renoteFate(leadId, activity, deps)),
);
