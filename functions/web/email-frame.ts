import type { Preview } from '../nurture/preview-email.ts';
import { type HttpAnswer, page } from '../runtime/http.ts';

/**
 * The e-mail's own document, for a frame on our page. It may show its styles and pictures and nothing else: the sandbox runs no
 * script, sends no form, opens no window and reads nothing of ours, whatever the template or the lead's data may say (I-X1).
 */
export function emailFrame({ html }: Pick<Preview, 'html'>, theme: 'light' | 'dark'): HttpAnswer {
  return page(inTheme(html, theme), 200, {
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
  });
}

/** What a mail program does by the reader's setting is done here by choice: the dark rules hold always, or never. */
function inTheme(html: string, theme: 'light' | 'dark'): string {
  return html.replaceAll(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, asked: string) =>
    // A width every screen has, and one that none has.
    asked.toLowerCase() === theme ? '(min-width: 0)' : '(max-width: 0)',
  );
}
