/**
 * How long it is kept what was sent to a lead, what became of it, and when walks began and ended: two years and a month, so that a month
 * can be held beside the same month two years before. Days that were counted stay counted. What proves a permission, and the ledger
 * that scores are made of, have no end but erasure.
 */
const messagesKeptDays = 760;

/** When DynamoDB forgets an item about a message of this instant (ISO): epoch seconds, as its time to live wants them. */
export function messageExpiry(at: string): number {
  return Math.floor(Date.parse(at) / 1000) + messagesKeptDays * 86_400;
}
