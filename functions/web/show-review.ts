import type { HttpRequest } from '../runtime/http.ts';
import { readActivation } from '../scoring/read-activation.ts';
import type { Reader } from './reader.ts';
import { type DecidedRow, reviewPage } from './review-page.ts';
import type { Frame } from './shell.ts';
import { leadNameOf } from './show-handoffs.ts';
import type { PagesDeps } from './show-pages.ts';

export async function showReview({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const [{ items, cursor }, activation, decided] = await Promise.all([
    deps.reviews.list(50, query.get('cursor') ?? undefined),
    readActivation(deps.activations),
    justDecided(query.get('decided'), frame.reader, deps),
  ]);
  const rows = await Promise.all(
    items.map(async (review) => ({ review, leadName: await leadNameOf(review.leadId, frame.reader, deps) })),
  );
  const { threshold, rearmBelow } = deps.model;
  return reviewPage({ frame, rows, cursor, activation, threshold, rearmBelow, decided });
}

/** What the decision that led here has come to, as it is stored: an address alone proves nothing. */
async function justDecided(asked: string | null, reader: Reader, deps: PagesDeps): Promise<DecidedRow | 'all' | null> {
  if (asked === null || asked === 'all') return asked;
  const decided = (await deps.reviews.get(asked))?.decided;
  return decided ? { leadId: asked, leadName: await leadNameOf(asked, reader, deps), decided } : null;
}
