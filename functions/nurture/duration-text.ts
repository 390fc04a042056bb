import { durationMs } from '../leads/duration.ts';

/** The languages in which sequences are told to people. */
export type Spoken = 'en' | 'pt-BR';

const unitMs = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `P1DT12H` as `1 day 12 hours`, `P2W` as `14 days`. */
export function durationText(duration: string, language: Spoken): string {
  let rest = durationMs(duration);
  const parts: string[] = [];
  for (const [unit, ms] of unitMs) {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
    if (count > 0) parts.push(format.format(count));
  }
  return parts.join(' ');
}
