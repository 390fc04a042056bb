import * as z from 'zod';

const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/**
 * The items of a batch that failed, from the answer of a function with ReportBatchItemFailures. As in Lambda, an answer
 * that cannot be read, or that names an item which was not in the batch, fails the whole batch.
 */
export function reportedFailures(answer: unknown, itemIds: readonly string[]): string[] {
  if (answer === null || answer === undefined) return [];
  const response = BatchResponse.safeParse(answer);
  if (!response.success) return [...itemIds];
  const failed = new Set((response.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(itemIds);
  return [...failed].every((id) => known.has(id)) ? [...failed] : [...itemIds];
}
