import account from 'ripen:playbook/account';
import scoring from 'ripen:playbook/scoring';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { visitorStore } from '../leads/visitor.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { onBusEventGroups } from '../runtime/on-bus-event.ts';
import { secret } from '../runtime/secrets.ts';
import { personOf, scoreActivities } from './score-activities.ts';
import { ScoringModel } from './scoring-model.ts';

const { timeZone } = Account.parse(account);
const leads = table();
const deps = {
  leads: leadStore(leads, timeZone),
  visitors: visitorStore(leads, timeZone),
  model: ScoringModel.parse(scoring),
  modelVersion: version,
  timeZone,
  pepper: secret('PEPPER_SECRET_ARN'),
  now: Date.now,
};

export const handler = onBusEventGroups(
  ActivityCaptured,
  (captured) => personOf(captured, deps),
  (captured, person) => scoreActivities(captured, person, deps),
);
