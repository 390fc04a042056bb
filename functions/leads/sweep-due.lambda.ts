import { table } from '../runtime/dynamodb.ts';
import { publisher } from '../runtime/publish.ts';
import { changeStore } from './change.store.ts';
import { sweepDue } from './sweep-due.ts';

const deps = { changes: changeStore(table()), publish: publisher(), now: Date.now };

export const handler = () => sweepDue(deps);
