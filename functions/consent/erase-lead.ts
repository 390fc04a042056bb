import { leadIdOf } from '../leads/lead-id.ts';
import { mailboxOf } from '../leads/visitor.store.ts';
import { log } from '../runtime/log.ts';
import type { ErasureStore, Standing } from './erasure.store.ts';
import { removalsOf } from './erasure-plan.ts';
import type { ErasureVisitorStore } from './erasure-visitor.store.ts';

export interface FinishDeps {
  readonly erasures: ErasureStore;
  readonly visitors: ErasureVisitorStore;
  /** Is there time for another page of what is left? */
  readonly hasTime: () => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface EraseDeps extends FinishDeps {
  readonly pepper: () => Promise<string>;
  /** Until when a message to this person, claimed before, may still be handed to SES: epoch milliseconds. */
  readonly claimedUntil: (leadId: string) => Promise<number>;
  readonly wait: (ms: number) => Promise<void>;
  /** A secret of this erasure alone. */
  readonly newMask: () => string;
}

/** `complete`: nothing is left; else the rest follows within minutes, whatever happens. */
export interface Erasure {
  readonly leadId: string;
  readonly erasedAt: string;
  readonly complete: boolean;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * When to look again after everything is gone: a worker may have been at it, and a message that waited with the dead letters, or was
 * replayed from the archive, is at most fourteen days old. Each look is one read that finds nothing.
 */
const looksAfterMs = [15 * minuteMs, dayMs, 15 * dayMs];

/**
 * Forgets a person, by whichever of their ids. When it answers, nothing can be recorded of them or sent to them any more (I-E2, I-C1),
 * and what was kept is gone but for rows of nobody that the figures of closed days are made of. Doing it again finishes what was
 * begun, and changes nothing otherwise; `null`: nobody is known by this id.
 */
export async function eraseLead(id: string, deps: EraseDeps): Promise<Erasure | null> {
  const standing = await bury(id, deps);
  if (!standing) return null;
  const { leadId, tombstone } = standing;
  // A message that was on its way at that instant: it arrives before the answer, or not at all.
  const claimedForMs = (await deps.claimedUntil(leadId)) - deps.now();
  if (claimedForMs > 0) await deps.wait(claimedForMs);
  const complete = await finishErasure(leadId, 0, deps);
  return { leadId, erasedAt: tombstone.at, complete };
}

type Erased = Extract<Standing, { is: 'erased' }>;

/** Puts the tombstone where the lead stands. */
async function bury(id: string, deps: EraseDeps): Promise<Erased | null> {
  // Every round ends it, or somebody else wrote the lead in the meantime.
  for (let round = 1; round <= 200; round++) {
    const standing = await deps.erasures.find(id);
    if (standing === null || standing.is === 'erased') return standing;
    const { lead, formerIds } = standing;
    const { leadId } = lead;
    const ids = new Set([...formerIds, leadIdOf(lead.email, await deps.pepper())]);
    ids.delete(leadId);
    const now = deps.now();
    const burial = { otherIds: [...ids], mask: deps.newMask(), at: iso(now) };
    if ((await deps.erasures.bury({ lead, ...burial, dueAt: iso(now + minuteMs) })) === 'conflict') continue;
    log('lead-erased', { leadId });
    return { is: 'erased', leadId, tombstone: { kind: 'erased', ver: lead.ver + 1, ...burial } };
  }
  throw new Error('this lead is written to by too many at once: erase it again');
}

/**
 * Takes away whatever is under an erased person's ids, and says when to look again. Cut short anywhere, the due item knocks and the
 * next call goes on. True when nothing is left.
 */
export async function finishErasure(leadId: string, look: number, deps: FinishDeps): Promise<boolean> {
  const standing = await deps.erasures.find(leadId);
  // A knock for somebody who is no tombstone is none of ours.
  if (standing?.is !== 'erased') return true;
  const { otherIds, mask } = standing.tombstone;
  for (const id of [leadId, ...otherIds]) {
    const removed = await removeAll(id, { ids: [leadId, ...otherIds], mask }, deps);
    if (removed === 'out-of-time') return false;
    if (removed > 0) log('erased-items', { leadId, look, items: removed });
  }
  if (mask !== undefined) await deps.erasures.forgetMask(leadId);
  await deps.erasures.lookAgain(leadId, nextLook(look, deps.now()));
  return true;
}

interface Person {
  readonly ids: readonly string[];
  readonly mask: string | undefined;
}

/** Everything under one id; of how many items, or that there is more. */
async function removeAll(id: string, person: Person, deps: FinishDeps): Promise<number | 'out-of-time'> {
  let removed = await removeVisitor(mailboxOf(id), person, deps);
  for await (const items of deps.erasures.left(id)) {
    if (!deps.hasTime()) return 'out-of-time';
    // Before the items themselves: only here it says which visitors are theirs.
    for (const { kind, visitor } of items)
      if (kind === 'lead-visitor') removed += await removeVisitor(String(visitor), person, deps);
    await deps.erasures.remove(removalsOf(items, person.mask));
    removed += items.length;
  }
  return removed;
}

/** What they did before it was theirs in the ledger; and whoever uses that browser from now on is nobody we know. */
async function removeVisitor(
  visitor: string,
  { ids, mask }: Person,
  { erasures, visitors }: FinishDeps,
): Promise<number> {
  const waiting = await visitors.waitingOf(visitor, ids);
  await erasures.remove(removalsOf(waiting, mask));
  await visitors.disown(visitor, ids);
  return waiting.length;
}

function nextLook(look: number, now: number): { readonly dueAt: string; readonly look: number } | null {
  const afterMs = looksAfterMs[look];
  return afterMs === undefined ? null : { dueAt: iso(now + afterMs), look: look + 1 };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
