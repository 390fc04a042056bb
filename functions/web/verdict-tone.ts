import type { Verdict } from '../leads/interval.ts';
import type { Tone } from './parts.ts';

/** How it looks that a variant does better or worse than the first. */
export const verdictTones: Readonly<Record<Verdict, Tone>> = {
  better: 'good',
  worse: 'bad',
  'no difference seen': 'plain',
  'not enough data': 'note',
};
