import account from 'ripen:playbook/account';
import type { SQSEvent } from 'aws-lambda';
import { suppressionStore } from '../consent/suppression.store.ts';
import { Account } from '../leads/account.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { visitorStore } from '../leads/visitor.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { onBusEventGroups } from '../runtime/on-bus-event.ts';
import { secret } from '../runtime/secrets.ts';
import { modelStore } from './model.store.ts';
import { personFinder, scoreActivities } from './score-activities.ts';

const { timeZone, retention } = Account.parse(account);
const leads = table();
const deps = {
  leads: leadStore(leads, timeZone),
  visitors: visitorStore(leads, timeZone, retention.visitorDays),
  models: modelStore(leads),
  suppressions: suppressionStore(leads),
  pepper: secret('PEPPER_SECRET_ARN'),
  linkKeys: secret('LINK_KEYS_SECRET_ARN'),
  now: Date.now,
};

export const handler = (event: SQSEvent) =>
  onBusEventGroups(ActivityCaptured, personFinder(deps), (captured, person) => scoreActivities(captured, person, deps))(
    event,
  );
