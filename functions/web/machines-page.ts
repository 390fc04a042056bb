import { mark } from './mark.ts';
import { html } from './markup.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

/** Where the link leads that no person sees (invariants §5). It says so to the one who finds it all the same, and counts nobody. */
export function machinesPage(site: Site): string {
  const text = visitorText[site.language];
  return visitorPage(site, {
    title: text.machines,
    path: '/p/machines',
    unlisted: true,
    body: html`<section class="note-card">${mark()}<h1>${text.machines}</h1><p>${text.machinesText}</p>
<a class="button primary" href="/p/trial?lang=${site.language}">${text.toTrial}</a></section>`,
  });
}
