import type { DynamoDBStreamEvent } from 'aws-lambda';
import { table } from '../runtime/dynamodb.ts';
import { publisher } from '../runtime/publish.ts';
import { activationStore } from './activation.store.ts';
import { activeModelOf } from './active-model.ts';
import { changeStore } from './change.store.ts';
import { publishChanges } from './publish-changes.ts';

const leads = table();
const deps = {
  changes: changeStore(leads),
  publish: publisher(),
  activeModel: activeModelOf(activationStore(leads), Date.now),
  now: Date.now,
};

// A batch that fails comes back whole and is then halved until the record at fault stands alone: every event may come twice.
export const handler = ({ Records }: DynamoDBStreamEvent): Promise<void> => publishChanges(Records, deps);
