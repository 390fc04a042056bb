import { mark } from './mark.ts';
import { html } from './markup.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

/** There is no such public page: what may have happened, and a way on. */
export function missingPage(site: Site): string {
  const text = visitorText[site.language];
  return visitorPage(site, {
    title: text.missing,
    path: '/p/trial',
    body: html`<section class="note-card">${mark()}<h1>${text.missing}</h1><p>${text.missingText}</p>
<a class="button primary" href="/p/trial?lang=${site.language}">${text.toTrial}</a></section>`,
  });
}
