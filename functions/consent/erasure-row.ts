import * as z from 'zod';
import { stableId } from '../leads/lead-id.ts';
import { dayKeys, key } from '../leads/table.ts';

type Item = Readonly<Record<string, unknown>>;

/** A row that counts on a day, of whichever kind. */
const Counting = z.looseObject({ pk: z.string(), sk: z.string(), dayPk: z.string(), daySk: z.string() });
type Counting = z.infer<typeof Counting>;

/**
 * A row of an erased person as it stays, so that every day keeps its figures exactly; `null` when nothing is counted by it. What is
 * kept is written out per kind: a field that nobody has thought of here goes. All ids are hidden with `mask`, per day, so that once it
 * is forgotten nobody can tell whose a row was, nor put two days of one person together.
 */
export function anonymousRow(item: Item, mask: string): Item | null {
  const row = Counting.safeParse(item).data;
  const own = row && keptOf(row, mask);
  if (!row || !own) return null;
  const { recordedAt = row.daySk.split('#', 1)[0], origin, expiresAt } = row;
  const day = dayOf(row);
  const id = hidden(mask, row.sk);
  const standIn = standInOf(row, mask);
  return {
    ...key.anonymous(standIn, id),
    ...dayKeys(day, String(recordedAt), id),
    ...{ kind: row.kind, day, recordedAt },
    ...(origin !== undefined && { origin: Grouped.safeParse(origin).data }),
    // What the days would have forgotten anyway is forgotten then.
    ...(typeof expiresAt === 'number' && { expiresAt }),
    ...own,
  };
}

function dayOf({ dayPk }: Counting): string {
  return dayPk.split('#')[1] ?? '';
}

/** What the figures are grouped by. Nothing else of where somebody came from is counted. */
const Grouped = z.object({ channel: z.string(), campaign: z.string(), source: z.string().optional() });

/** The person on this day: whoever counted once still counts once. */
function standInOf(row: Counting, mask: string): string {
  return hidden(mask, dayOf(row), String(row.anonymousId ?? row.leadId ?? row.pk));
}

function keptOf(row: Counting, mask: string): Item | null {
  const leadId = standInOf(row, mask);
  switch (row.kind) {
    case 'activity':
      // Somebody nobody knows, as a visitor is: a lead's own rows are told to the bus when they come.
      return { ...activityOf(row, mask), leadId: null, anonymousId: leadId };
    case 'milestone':
      return { ...plain(row, ['milestone', 'counted']), leadId };
    case 'handoff':
      return { ...plain(row, handoffFacts), handoffId: hidden(mask, String(row.handoffId)) };
    case 'send':
      return { ...plain(row, sendFacts), leadId, run: hidden(mask, String(row.run)) };
    case 'message':
      return { ...plain(row, messageFacts), leadId, run: hidden(mask, String(row.run)) };
    case 'walk':
      return { ...plain(row, ['sequence', 'step', 'what', 'reason']), leadId, run: hidden(mask, String(row.run)) };
    default:
      return null;
  }
}

const handoffFacts = ['rep', 'status', 'cycle', 'qualifiedBy', 'score', 'qualifiedAt', 'assignedAt', 'acceptedAt'];
const sendFacts = ['sequence', 'step', 'variant', 'template', 'purpose', 'status'];
const messageFacts = [
  ...['sequence', 'step', 'variant', 'template', 'bounceType', 'sentAt', 'deliveredAt', 'openedAt', 'openedRawAt'],
  ...['clickedAt', 'clickedRawAt', 'repliedAt', 'bouncedAt', 'complainedAt', 'delayedAt', 'rejectedAt'],
  ...['renderingFailedAt', 'unsubscribedAt'],
];
const activityFacts = [
  ...['form', 'magnet', 'funnelStage', 'solution', 'explicitRequest', 'permits', 'points', 'bounceType'],
  ...['sequence', 'step', 'variant', 'template'],
];

/** Doors that write these properties themselves; what a page tells may hold anything, under any name. */
const ownDoors: readonly unknown[] = ['form', 'import', 'ses', 'page', 'operator'];

function activityOf({ type, source, sk, quiet, ...row }: Counting, mask: string): Item {
  const properties = Properties.parse(row.properties);
  const by = Judged.safeParse(row.verdict).data;
  return {
    ...plain({ type, source, quiet }, ['type', 'source', 'quiet']),
    activityId: hidden(mask, sk),
    properties: {
      ...(ownDoors.includes(source) && plain(properties, activityFacts)),
      ...(typeof properties.messageId === 'string' && { messageId: hidden(mask, properties.messageId) }),
    },
    ...(by && { verdict: by }),
  };
}

const Properties = z.record(z.string(), z.unknown()).catch({});
const Judged = z.object({ by: z.enum(['human', 'machine', 'unsure']) });

/** Words, figures and instants such as we write them ourselves: neither an address nor a sentence is one of these. */
const Word = z.string().regex(/^[A-Za-z0-9][\w.:-]{0,63}$/);
const Plain = z.union([z.boolean(), z.number(), Word, z.array(Word).max(10)]);

function plain(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (Plain.safeParse(item[name]).success ? [[name, item[name]]] : [])));
}

function hidden(mask: string, ...ids: readonly string[]): string {
  return stableId('erased', mask, ...ids);
}
