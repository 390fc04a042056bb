import type { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { type Found, found } from './found.ts';

/** What the programs that people read with say of themselves: Chrome, Edge, Firefox, Safari, an iPhone, an Android telephone. */
const ordinary: readonly string[] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
].map((userAgent) => userAgent.toLowerCase());

/** Names of scanners that would make machines of the people who use an ordinary browser. */
export function wrongMachines({ machines: { userAgents } }: ScoringModel): readonly Found[] {
  return userAgents.flatMap((part, index) =>
    found(
      ['machines', 'userAgents', index],
      ordinary.some((userAgent) => userAgent.includes(part.toLowerCase())) &&
        `nearly everybody's browser says "${part}", and no click of theirs would count: write a part that only the scanner says`,
    ),
  );
}
