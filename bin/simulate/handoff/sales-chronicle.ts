import { type Entry, Handoff, isOpen } from '../../../functions/handoff/handoff.ts';
import { Roster, startOfRoster } from '../../../functions/handoff/roster.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { key } from '../../../functions/leads/table.ts';
import type { Item } from '../twin/item.ts';
import type { Change, TableTwin } from '../twin/table.ts';
import { brokenGift } from './gift-rules.ts';
import { brokenTransition } from './transition-rules.ts';

/** One write of a hand-off, and what stood around it at that instant. */
export interface Transition {
  readonly before: Handoff | null;
  readonly after: Handoff;
  /** What was added to its history. */
  readonly added: readonly Entry[];
  readonly roster: Roster;
  /** The lead's item as it was before; `undefined`: nobody is known. */
  readonly lead: Item | undefined;
}

/** Something that counts for a rep: they got a lead, or did something with it. */
export interface Deed {
  readonly handoffId: string;
  readonly leadId: string;
  readonly what: Entry['what'];
  readonly rep: string | null;
  readonly by: string | null;
  readonly at: string;
  /** The turn of the hand-off when it was done, and after it. */
  readonly turnBefore: number;
  readonly turnAfter: number;
  readonly after: Handoff;
}

/** What has happened to the hand-offs, as the checks must know it: seen in the table, whatever anybody was told. */
export interface SalesChronicle {
  written(changes: readonly Change[], table: TableTwin): void;
  readonly deeds: readonly Deed[];
  /** `<handoffId> <ver>` → what the outside must hear of that change. */
  readonly changes: ReadonlyMap<string, Handoff>;
  /** Rules broken at the very instant of a write. */
  readonly broken: readonly string[];
}

/** What is known of the day besides the table. */
export interface Circumstances {
  /** The teams that some process works with at this moment. */
  teams(): readonly Team[];
  now(): number;
  /** Since when nothing has failed (epoch ms). */
  calmSince(): number;
  /** Since when a rep's mailbox has stopped our notices; `undefined`: it has not. */
  silencedSince(rep: string): number | undefined;
}

export function salesChronicle(circumstances: Circumstances): SalesChronicle {
  const deeds: Deed[] = [];
  const told = new Map<string, Handoff>();
  const broken: string[] = [];
  const open = new Map<string, Set<string>>();

  function see(transition: Transition): void {
    const { before, after, added } = transition;
    const { handoffId, leadId } = after;
    const rules = [...brokenTransition(transition, circumstances), ...brokenGift(transition, circumstances)];
    broken.push(...rules.map((rule) => `${rule} (${handoffId} ver ${after.ver})`));
    const theirs = open.get(leadId) ?? new Set();
    if (isOpen(after)) theirs.add(handoffId);
    else theirs.delete(handoffId);
    open.set(leadId, theirs);
    if (theirs.size > 1) broken.push(`I-H1: ${leadId} has two open hand-offs: ${[...theirs].join(', ')}`);
    for (const { what, rep, by = null, at } of added)
      deeds.push({
        ...{ handoffId, leadId, what, rep, by, at, after },
        turnBefore: before?.turn ?? 0,
        turnAfter: after.turn,
      });
    if (added.length > 0 || after.notes.length > (before?.notes.length ?? 0))
      told.set(`${handoffId} ${after.ver}`, after);
  }

  return {
    deeds,
    changes: told,
    broken,
    written(changes, table) {
      const beforeOf = ({ pk, sk }: { pk: string; sk: string }): Item | undefined => {
        const change = changes.find(
          ({ before, after }) => (after ?? before)?.pk === pk && (after ?? before)?.sk === sk,
        );
        return change ? (change.before ?? undefined) : table.get({ pk, sk });
      };
      for (const { before: was, after: is } of changes) {
        if (!isHandoff(is)) continue;
        const [before, after] = [was && Handoff.parse(was), Handoff.parse(is)];
        const rosterItem = beforeOf(key.roster());
        see({
          ...{ before, after },
          added: after.history.slice(before?.history.length ?? 0),
          roster: rosterItem ? Roster.parse(rosterItem) : startOfRoster,
          lead: beforeOf(key.lead(after.leadId)),
        });
      }
    },
  };
}

/** The consent state of a lead's item, as a hand-off carries it. */
export function consentIn(item: Item | undefined): Handoff['consent'] | null {
  if (item?.kind !== 'lead') return null;
  const { consent, suppressed } = leadOf(item);
  return { marketing: consent.marketing?.status ?? null, suppressed: suppressed !== null };
}

/** The hand-offs among these items; of an erased lead's nobody's row is left, which is none. */
export function handoffsIn(items: readonly Item[]): readonly Handoff[] {
  return items.filter(isHandoff).map((item) => Handoff.parse(item));
}

function isHandoff(item: Item | null): item is Item {
  return item?.kind === 'handoff' && String(item.pk).startsWith('L#');
}
