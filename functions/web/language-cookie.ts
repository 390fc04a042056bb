import type { HttpRequest } from '../runtime/http.ts';
import type { Language } from './language.ts';

const name = 'ripen_lang';
const yearSeconds = 31_536_000;

/** The language this browser chose on one of the private pages before; `null` when it has not. */
export function rememberedLanguage({ headers }: Pick<HttpRequest, 'headers'>): string | null {
  return new RegExp(`(?:^|; )${name}=([\\w-]{2,35})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null;
}

/** Keeps the choice for a year: it says nothing of who looks, and only our own pages read it. */
export function languageCookie(language: Language, { isLocal }: { readonly isLocal: boolean }): string {
  const parts = [`${name}=${language}`, 'Path=/', `Max-Age=${yearSeconds}`, 'SameSite=Lax', 'HttpOnly'];
  // A laptop answers without TLS.
  return [...parts, ...(isLocal ? [] : ['Secure'])].join('; ');
}
