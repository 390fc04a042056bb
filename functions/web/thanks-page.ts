import type { Form } from '../capture/form.ts';
import { mark } from './mark.ts';
import { html, safeHref } from './markup.ts';
import { promisedLink, thanksSentences } from './thanks-text.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

/**
 * Says thank you and what happens next: a confirmation to give, a person who answers. Hands over what was promised at once: the e-mail
 * with it may take a minute (requirements §2.12).
 */
export function thanksPage({
  site,
  formId,
  form,
}: {
  readonly site: Site;
  readonly formId?: string | undefined;
  readonly form?: Form | undefined;
}): string {
  const { language } = site;
  const text = visitorText[language];
  const promised = form ? promisedLink(form, language) : null;
  return visitorPage(site, {
    title: text.thanks,
    path: formId === undefined ? '/p/thank-you' : `/p/thank-you?form=${formId}`,
    body: html`<section class="note-card">${mark()}<h1>${text.thanks}</h1>
${thanksSentences(form, language).map((sentence) => html`<p>${sentence}</p>`)}
${promised && html`<a class="button primary big" href="${safeHref(promised.href)}">${promised.words}</a>`}
<p><a href="/p/pricing?lang=${language}">${text.lookAtPricing}</a></p></section>`,
  });
}
