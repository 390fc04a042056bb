/**
 * How long it is kept what was sent to a lead, what became of it, and when walks began and ended: two years and a month, so that a month
 * can be held beside the same month two years before. Days that were counted stay counted. What proves a permission, and the ledger
 * that scores are made of, have no end but erasure.
 */
const messagesKeptDays = 760;

/** How long it is kept what other systems were told, word for word: as long as somebody may ask whether they were. */
const deliveriesKeptDays = 90;

/** When DynamoDB forgets an item about a message of this instant (ISO): epoch seconds, as its time to live wants them. */
export function messageExpiry(at: string): number {
  return Math.floor(Date.parse(at) / 1000) + messagesKeptDays * 86_400;
}

/** The same for a call to another system that began at this instant (ISO). */
export function deliveryExpiry(at: string): number {
  return Math.floor(Date.parse(at) / 1000) + deliveriesKeptDays * 86_400;
}
