import * as z from 'zod';
import { stableId } from '../leads/lead-id.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { writeAll } from '../runtime/transaction.ts';

/** That a colleague has stopped our notices: nothing is sent to them. */
export const Silence = z.object({ id: z.string(), at: z.string() });
export type Silence = z.infer<typeof Silence>;

/** Who lets notices go again, why, and when (ISO). */
export interface LetGo {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

export interface SilenceStore {
  /** Which of these colleagues have stopped our notices, and when they did first. */
  among(ids: readonly string[]): Promise<readonly Silence[]>;
  /** Lets a colleague's notices go again, with the evidence of who did so. Doing it again changes nothing. */
  end(id: string, letGo: LetGo): Promise<'ended' | 'not-silent'>;
}

/** The suppressions of colleagues, by the ids of their mailboxes. */
export function silenceStore(table: Table): SilenceStore {
  const { name: TableName } = table;
  return { among, end };

  async function among(ids: readonly string[]): Promise<readonly Silence[]> {
    const items = await getAll(table, ids.map(key.suppression));
    return items.map(({ leadId, at }) => Silence.parse({ id: leadId, at }));
  }

  async function end(id: string, { by, reason, at }: LetGo): Promise<'ended' | 'not-silent'> {
    const [silence] = await among([id]);
    if (!silence) return 'not-silent';
    const activityId = stableId('let-go', id, silence.at);
    const evidence = {
      ...key.consentEvidence(id, at, `${activityId}-lifted`),
      ...{ kind: 'lifted', reason: 'unsubscribe', since: silence.at, activityId, at },
      evidence: `${by} let their notices go again: ${reason}`,
    };
    const isStill = {
      ConditionExpression: '#at = :since',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':since': silence.at },
    };
    const { outcome } = await writeAll(table, [
      { Delete: { TableName, Key: key.suppression(id), ...isStill } },
      { Put: { TableName, Item: evidence } },
    ]);
    return outcome === 'written' ? 'ended' : 'not-silent';
  }
}
