import { LeadErased } from '../leads/bus-event.ts';
import { type Key, key } from '../leads/table.ts';
import { anonymousRow } from './erasure-row.ts';

type Item = Readonly<Record<string, unknown>>;

/** An item that goes, and the row of nobody that stays of it for the figures, if it counts. */
export interface Removal {
  readonly item: Item;
  readonly stays: Item | null;
}

/**
 * What becomes of the items under an erased id. Rows of one day come one after the other, so that a day is seldom cut in two: a fold that
 * looks between two transactions would find somebody twice. Without a mask everything was erased before, and what is found now was
 * written by somebody who did not look: it goes.
 */
export function removalsOf(items: readonly Item[], mask: string | undefined): readonly Removal[] {
  return items
    .map((item) => ({ item, stays: mask === undefined ? null : anonymousRow(item, mask) }))
    .sort((a, b) => compare(dayOf(a), dayOf(b)));
}

function dayOf({ stays }: Removal): string {
  return String(stays?.day ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What stays under an erased id: the tombstone, and the news that is on its way to the bus, which names nobody. */
export function isKept({ kind, detailType }: Item): boolean {
  return kind === 'erased' || (kind === 'outbox' && detailType === LeadErased.detailType);
}

/** What is due because of an item, under a key of its own. */
export function goneWith({
  kind,
  leadId,
  sequence,
  run,
  step,
  handoffId,
  milestone,
  deliveryId,
}: Item): readonly Key[] {
  switch (kind) {
    case 'delivery':
      return [key.due('delivery', `${leadId}#${deliveryId}`)];
    case 'enrollment':
      return [key.due('step', `${leadId}#${sequence}`)];
    case 'handoff':
      return [key.due('handoff', String(handoffId)), key.due('follow-up', `${leadId}#sql`)];
    case 'milestone':
      return [key.due('follow-up', `${leadId}#${milestone}`)];
    case 'send':
      return [key.due('send', `${leadId}#${sequence}#${run}#${step}`)];
    default:
      return [];
  }
}
