import * as z from 'zod';
import type { Send } from './send.ts';

/** What is held back: nothing; what the playbook sends by itself; or every message, also the one a person just asked for. */
export const Paused = z.enum(['nothing', 'marketing', 'all']);
export type Paused = z.infer<typeof Paused>;

/** The figures of a day when a person let marketing mail go again: what they knew of does not stop it a second time. */
export const Baseline = z.object({
  day: z.string(),
  sent: z.number().int().nonnegative(),
  hardBounces: z.number().int().nonnegative(),
  complaints: z.number().int().nonnegative(),
});
export type Baseline = z.infer<typeof Baseline>;

/** What may not go out at all just now, whoever it is for (the kill switch). */
export const SendingSwitch = z.object({
  paused: Paused,
  /** Why, who and when `paused` was last set; null as long as nobody has. */
  reason: z.string().nullable(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** The sequences that are paused by themselves. */
  sequences: z.array(z.string()),
  baseline: Baseline.nullable(),
  /** Counts the changes; 0: none yet. */
  ver: z.number().int().nonnegative(),
});
export type SendingSwitch = z.infer<typeof SendingSwitch>;

/** One change with its author, kept for good: what was done, and how it left the switch. */
export const SwitchChange = z.object({
  /** The sequence that was paused or let go; null when it was about all mail. */
  sequence: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  after: SendingSwitch,
});
export type SwitchChange = z.infer<typeof SwitchChange>;

/** Before anybody has touched it. */
export const untouched: SendingSwitch = {
  paused: 'nothing',
  ...{ reason: null, by: null, at: null, baseline: null },
  sequences: [],
  ver: 0,
};

export interface Decision {
  readonly reason: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Holds mail back, or lets it go. `baseline` stays as it is when none is given. */
export function pause(
  before: SendingSwitch,
  paused: Paused,
  { reason, by, now }: Decision,
  baseline: Baseline | null = before.baseline,
): SwitchChange {
  const at = new Date(now).toISOString();
  const about = { reason, by, at };
  return { sequence: null, ...about, after: { ...before, paused, ...about, baseline, ver: before.ver + 1 } };
}

/** Holds one sequence back, or lets it go. Why all mail is paused stays as it was said. */
export function pauseSequence(
  before: SendingSwitch,
  sequence: string,
  paused: boolean,
  { reason, by, now }: Decision,
): SwitchChange {
  const others = before.sequences.filter((id) => id !== sequence);
  const sequences = paused ? [...others, sequence].sort() : others;
  return {
    ...{ sequence, reason, by, at: new Date(now).toISOString() },
    after: { ...before, sequences, ver: before.ver + 1 },
  };
}

/** May a message of this purpose go out? The condition in `switchCheck` says the same to DynamoDB. */
export function letsThrough(
  { paused, sequences }: Pick<SendingSwitch, 'paused' | 'sequences'>,
  { purpose, sequence }: Pick<Send, 'purpose' | 'sequence'>,
): boolean {
  return purpose === 'marketing' ? paused === 'nothing' && !sequences.includes(sequence) : paused !== 'all';
}
