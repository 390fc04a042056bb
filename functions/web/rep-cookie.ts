import type { HttpRequest } from '../runtime/http.ts';

const name = 'ripen_rep';
const yearSeconds = 31_536_000;

/** Who said in this browser that they are this rep, or the manager; `null` when nobody has. It is no proof: it only chooses a view. */
export function rememberedRep({ headers }: Pick<HttpRequest, 'headers'>): string | null {
  return new RegExp(`(?:^|; )${name}=([a-z0-9-]{1,64})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null;
}

/** Keeps the choice for a year; an empty one forgets it. */
export function repCookie(rep: string, { isLocal }: { readonly isLocal: boolean }): string {
  const maxAge = rep === '' ? 0 : yearSeconds;
  const parts = [`${name}=${rep}`, 'Path=/', `Max-Age=${maxAge}`, 'SameSite=Lax', 'HttpOnly'];
  // A laptop answers without TLS.
  return [...parts, ...(isLocal ? [] : ['Secure'])].join('; ');
}
