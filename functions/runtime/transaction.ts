import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './dynamodb.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** `written`; or `refused`, with the positions of the writes whose conditions did not hold. */
export type WriteOutcome =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'refused'; readonly failed: readonly number[] };

const attempts = 6;

/**
 * Writes all or nothing. Another transaction on the same items is waited out here, for about half a second in all, since the SDK
 * does not retry a cancelled transaction; after that it throws and the message comes back.
 */
export async function writeAll({ client }: Pick<Table, 'client'>, writes: readonly Write[]): Promise<WriteOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return { outcome: 'written' };
    } catch (error) {
      const codes = cancellationCodes(error);
      const failed = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
      if (failed.length > 0) return { outcome: 'refused', failed };
      if (attempt === attempts || !codes.includes('TransactionConflict')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 8 * (0.5 + Math.random() / 2)));
    }
  }
}

function cancellationCodes(error: unknown): readonly (string | undefined)[] {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return [];
  if (!('CancellationReasons' in error) || !Array.isArray(error.CancellationReasons)) return [];
  return error.CancellationReasons.map((reason: { Code?: string }) => reason.Code);
}
