import type { DynamoDBStreamEvent } from 'aws-lambda';
import { table } from '../runtime/dynamodb.ts';
import { publisher } from '../runtime/publish.ts';
import { changeStore } from './change.store.ts';
import { publishChanges } from './publish-changes.ts';

const deps = {
  changes: changeStore(table()),
  publish: publisher(),
  now: Date.now,
};

// A batch that fails comes back whole and is then halved until the record at fault stands alone: every event may come twice.
export const handler = ({ Records }: DynamoDBStreamEvent): Promise<void> => publishChanges(Records, deps);
