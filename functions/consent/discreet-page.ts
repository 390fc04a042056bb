import { Instant } from '../leads/activity.ts';
import { type HttpAnswer, type HttpRequest, page } from '../runtime/http.ts';

/** A page behind a link that is the person's key: neither an index nor the next site may have its address. */
export function discreetPage(html: string, status = 200): HttpAnswer {
  return page(html, status, { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
}

/** What a page of ours posts. More than that is nobody's answer. */
export function postedFields({ body }: Pick<HttpRequest, 'body'>): URLSearchParams {
  return new URLSearchParams(body.subarray(0, 4_000).toString());
}

/**
 * When the page was shown whose form this is (ISO), by its hidden field `seen`; null when nobody says. Never later than `now` (epoch
 * milliseconds). A form that is sent once more, or from a page that stood open for long, says what its sender wanted at that time.
 */
export function seenAt(fields: URLSearchParams, now: number): string | null {
  const seen = Instant.safeParse(fields.get('seen')).data;
  return seen === undefined ? null : new Date(Math.min(Date.parse(seen), now)).toISOString();
}
