import * as z from 'zod';
import { Day, localDay } from '../leads/calendar.ts';
import type { SequenceDayStore } from '../leads/sequence-day.store.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import { letsThrough } from './sending-switch.ts';
import type { Sequence, Sequences } from './sequence.ts';
import { type SequenceReport, sequenceReport, weakestStep } from './sequence-report.ts';
import type { WalkListStore } from './walk-list.store.ts';

/** The longest range one request may ask for, in days. */
const longestRange = 366;
const rangeByDefault = 30;
/** Walks under way are counted up to here. */
const countedUpTo = 4_000;

export interface ReadSequencesDeps {
  readonly sequences: Sequences;
  readonly days: Pick<SequenceDayStore, 'between'>;
  readonly walks: Pick<WalkListStore, 'count'>;
  readonly sendingSwitch: Pick<SendingSwitchStore, 'get'>;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A sequence in the list of all: how it stands now, and what came of it in the last thirty days. */
export interface SequenceView {
  readonly id: string;
  readonly name: string;
  readonly type: Sequence['type'];
  readonly priority: number;
  /** Does it send nothing just now, because it, or all marketing mail, is paused? */
  readonly paused: boolean;
  /** Is it paused by itself? */
  readonly pausedAlone: boolean;
  readonly walking: { readonly count: number; readonly atLeast: boolean };
  readonly entered: number;
  readonly completed: number;
  readonly sent: number;
  /** Where the greatest share is lost; `null` while nobody has been. */
  readonly weakest: WeakestView | null;
}

export interface WeakestView {
  /** The e-mail's step; 0: before the first. */
  readonly step: number;
  readonly templates: readonly string[];
  readonly lost: number;
  readonly of: number;
  /** 0 to 1. */
  readonly share: number;
  readonly sentence: string;
}

/** Every sequence of the playbook, in its order. */
export async function readSequences(deps: ReadSequencesDeps): Promise<readonly SequenceView[]> {
  const range = rangeOf(new URLSearchParams(), deps);
  const sendingSwitch = await deps.sendingSwitch.get();
  return Promise.all(
    deps.sequences.map(async (sequence): Promise<SequenceView> => {
      const { id, name, type, priority } = sequence;
      const [days, walking] = await Promise.all([
        deps.days.between(id, range.from, range.to),
        deps.walks.count(id, countedUpTo),
      ]);
      const report = sequenceReport(sequence, days, range);
      return {
        ...{ id, name, type, priority, walking, entered: report.entered, completed: report.completed },
        paused: !letsThrough(sendingSwitch, { purpose: 'marketing', sequence: id }),
        pausedAlone: sendingSwitch.sequences.includes(id),
        sent: report.steps.reduce((sum, step) => sum + (step.kind === 'email' ? step.sent : 0), 0),
        weakest: weakestOf(report),
      };
    }),
  );
}

/** `GET /api/sequences/{id}/report?from=&to=`, by default the last thirty days. @throws RequestError 404, 400. */
export async function readReport(
  id: string,
  query: HttpRequest['query'],
  deps: Pick<ReadSequencesDeps, 'sequences' | 'days' | 'timeZone' | 'now'>,
): Promise<SequenceReport> {
  const sequence = sequenceNamed(id, deps.sequences);
  const range = rangeOf(query, deps);
  return sequenceReport(sequence, await deps.days.between(id, range.from, range.to), range);
}

/** @throws RequestError 404 when the playbook has no such sequence. */
export function sequenceNamed(id: string, sequences: Sequences): Sequence {
  const found = sequences.find((sequence) => sequence.id === id);
  if (!found) throw new RequestError(404, 'unknown-sequence', 'The playbook has no sequence of this name.');
  return found;
}

export function weakestOf(report: Pick<SequenceReport, 'leak' | 'steps'>): WeakestView | null {
  const weakest = weakestStep(report);
  if (!weakest) return null;
  const { step, templates, leak } = weakest;
  const share = leak.share ?? 0;
  const lost = Math.round(leak.lost);
  const part = `${lost} of ${leak.of} are lost`;
  const where =
    step === 0 ? `${part} before the first e-mail` : `After ${templates.join(' or ')}, ${part} before the next e-mail`;
  const sentence = `${where} (${Math.round(share * 100)} %).`;
  return { step, templates, lost, of: leak.of, share, sentence };
}

const Range = z.object({ from: Day.optional(), to: Day.optional() });

function rangeOf(
  query: HttpRequest['query'],
  { now, timeZone }: Pick<ReadSequencesDeps, 'now' | 'timeZone'>,
): { readonly from: string; readonly to: string } {
  const asked = Range.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new RequestError(400, 'bad-day', issue?.message ?? 'write a day like 2026-11-20', issue?.path.join('.'));
  }
  const { to = localDay(new Date(now()).toISOString(), timeZone) } = asked.data;
  const { from = plusDays(to, 1 - rangeByDefault) } = asked.data;
  if (from > to) throw new RequestError(400, 'bad-range', 'from must not be after to', 'from');
  if (plusDays(from, longestRange) <= to)
    throw new RequestError(400, 'range-too-long', `ask for ${longestRange} days at most`, 'from');
  return { from, to };
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
