import { ActivityCaptured } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { secret } from '../runtime/secrets.ts';
import { suppressLead } from './suppress-lead.ts';
import { suppressionStore } from './suppression.store.ts';

const deps = { suppressions: suppressionStore(table()), pepper: secret('PEPPER_SECRET_ARN') };

export const handler = onBusEvents(on(ActivityCaptured, (activity) => suppressLead(activity, deps)));
