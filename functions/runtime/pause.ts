import { setTimeout } from 'node:timers/promises';

/** Waits up to `longestMs`: rivals who meet once are not to meet again. */
export async function pauseAtRandom(longestMs: number): Promise<void> {
  await setTimeout(Math.random() * longestMs);
}
