import { MessageCounter, type SequenceDay, type StepDay, type WalksLeft } from '../leads/sequence-day.ts';
import { type DayRow, isOfSequence, type MessageRow, type SendRow, type SequenceRow, type WalkRow } from './day-row.ts';

export interface SequencesTally {
  add(row: DayRow): void;
  sequences(): readonly SequenceDay[];
}

/** Folds rows in hand; the same as `tallySequences`, given page by page. */
export function foldSequences(rows: Iterable<DayRow>): readonly SequenceDay[] {
  const tally = tallySequences();
  for (const row of rows) tally.add(row);
  return tally.sequences();
}

/** What one send is known to have come to, from its own record and from what the mail provider told. */
interface Told {
  readonly send?: SendRow;
  readonly message?: MessageRow;
}

/**
 * Counts the walks and the messages of a day by sequence. A message is one (lead, sequence, run, step), whatever tells of it and
 * however often: neither the order of the rows nor a row that comes twice changes a figure.
 */
export function tallySequences(): SequencesTally {
  const messages = new Map<string, Told>();
  const walks = new Map<string, WalkRow>();
  return {
    add(row) {
      if (!isOfSequence(row)) return;
      if (row.kind === 'walk') walks.set(`${row.what} ${runOf(row)}`, row);
      // What a colleague gets is no part of any walk.
      if (row.kind === 'send' && row.purpose !== 'team') note(messages, row, { send: row });
      if (row.kind === 'message') note(messages, row, { message: row });
    },
    sequences() {
      const ids = new Set([
        ...[...messages.values()].flatMap(({ send, message }) => send?.sequence ?? message?.sequence ?? []),
        ...[...walks.values()].map(({ sequence }) => sequence),
      ]);
      return [...ids].sort().map((sequence) => dayOf(sequence, [...messages.values()], [...walks.values()]));
    },
  };
}

function runOf({ leadId, sequence, run }: SequenceRow): string {
  return `${leadId ?? ''} ${sequence} ${run}`;
}

function note(messages: Map<string, Told>, row: SendRow | MessageRow, told: Told): void {
  const id = `${runOf(row)} ${row.step}`;
  messages.set(id, { ...messages.get(id), ...told });
}

function dayOf(sequence: string, messages: readonly Told[], walks: readonly WalkRow[]): SequenceDay {
  const own = walks.filter((walk) => walk.sequence === sequence);
  return {
    sequence,
    entered: own.filter(({ what }) => what === 'entered').length,
    left: walksLeft(own),
    steps: stepsOf(messages.filter(({ send, message }) => (send ?? message)?.sequence === sequence)),
  };
}

function walksLeft(walks: readonly WalkRow[]): WalksLeft[] {
  const groups = Map.groupBy(
    walks.filter(({ what }) => what === 'left'),
    ({ step, reason = 'completed' }) => JSON.stringify([step, reason]),
  );
  return [...groups.values()]
    .flatMap((all) => {
      const [first] = all;
      return first ? [{ step: first.step, reason: first.reason ?? 'completed', walks: all.length }] : [];
    })
    .sort((a, b) => a.step - b.step || compare(a.reason, b.reason));
}

function stepsOf(messages: readonly Told[]): StepDay[] {
  const groups = new Map<string, { about: Omit<StepDay, 'counts'>; counts: Map<MessageCounter, number> }>();
  for (const told of messages) {
    const row = told.message ?? told.send;
    if (!row) continue;
    const about = { step: row.step, template: row.template, variant: row.variant ?? told.send?.variant ?? null };
    const id = JSON.stringify(about);
    const group = groups.get(id) ?? { about, counts: new Map() };
    groups.set(id, group);
    for (const counter of factsOf(told)) group.counts.set(counter, (group.counts.get(counter) ?? 0) + 1);
  }
  return [...groups.values()]
    .filter(({ counts }) => counts.size > 0)
    .map(({ about, counts }) => ({
      ...about,
      counts: Object.fromEntries(MessageCounter.options.flatMap((name) => pair(name, counts.get(name)))),
    }))
    .sort((a, b) => a.step - b.step || compare(a.template, b.template) || compare(a.variant ?? '', b.variant ?? ''));
}

function pair(name: MessageCounter, count: number | undefined): [MessageCounter, number][] {
  return count === undefined ? [] : [[name, count]];
}

/** What one message adds, each counter at most once. What somebody has read was delivered, whether or not anybody told us so. */
function factsOf({ send, message }: Told): ReadonlySet<MessageCounter> {
  if (!message) return statusFacts(send?.status);
  const { openedAt, openedRawAt, clickedAt, clickedRawAt, repliedAt, deliveredAt } = message;
  const opened = [openedAt, openedRawAt].some(isKnown);
  const clicked = [clickedAt, clickedRawAt].some(isKnown);
  const delivered = isKnown(deliveredAt) || opened || clicked || isKnown(repliedAt) || isKnown(message.complainedAt);
  // Accepted first and then not sent after all: for a virus, or because it could not be put together.
  const failed = !delivered && (isKnown(message.rejectedAt) || isKnown(message.renderingFailedAt));
  const isSo: Partial<Record<MessageCounter, boolean>> = {
    // The provider speaks of it, so it was accepted, also where our own record has given up.
    sent: !failed,
    delivered,
    failed,
    opened: isKnown(openedAt),
    openedRaw: opened,
    clicked: isKnown(clickedAt),
    clickedRaw: clicked,
    replies: isKnown(repliedAt),
    bounced: isKnown(message.bouncedAt),
    complained: isKnown(message.complainedAt),
    unsubscribed: isKnown(message.unsubscribedAt),
  };
  return new Set(MessageCounter.options.filter((counter) => isSo[counter]));
}

/**
 * Its own record counts what was not sent. What was sent has a row of its fate, written in the same transaction: only that one is
 * counted, since around midnight the two may stand in different days.
 */
function statusFacts(status: string | undefined): ReadonlySet<MessageCounter> {
  const found = MessageCounter.safeParse(status);
  const counted: readonly MessageCounter[] = ['suppressed', 'failed', 'unconfirmed'];
  return new Set(found.success && counted.includes(found.data) ? [found.data] : []);
}

function isKnown(instant: string | null | undefined): boolean {
  return instant !== undefined && instant !== null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
