import type { HttpRequest } from '../runtime/http.ts';
import { readActivation } from '../scoring/read-activation.ts';
import { reviewPage } from './review-page.ts';
import type { Frame } from './shell.ts';
import { leadNameOf } from './show-handoffs.ts';
import type { PagesDeps } from './show-pages.ts';

export async function showReview({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const [{ items, cursor }, activation] = await Promise.all([
    deps.reviews.list(50, query.get('cursor') ?? undefined),
    readActivation(deps.activations),
  ]);
  const rows = await Promise.all(
    items.map(async (review) => ({ review, leadName: await leadNameOf(review.leadId, deps) })),
  );
  return reviewPage({ frame, rows, cursor, activation, threshold: deps.model.threshold });
}
