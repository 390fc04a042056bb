import { type Form, textIn } from '../capture/form.ts';
import { inLanguage } from './landing-page.ts';
import { mark } from './mark.ts';
import { html, safeHref } from './markup.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

/** Says thank you and hands over what was promised at once: the e-mail with it may take a minute (requirements §2.12). */
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
  const { asset } = form ?? {};
  return visitorPage(site, {
    title: text.thanks,
    path: formId === undefined ? '/p/thank-you' : `/p/thank-you?form=${formId}`,
    body: html`<section class="note-card">${mark()}<h1>${text.thanks}</h1>
${
  asset
    ? html`<p>${text.onItsWay}</p><a class="button primary big" href="${safeHref(inLanguage(asset.url, language))}">${text.open(textIn(asset.title, language))}</a>`
    : html`<p>${text.noAsset}</p>`
}
<p><a href="/p/pricing?lang=${language}">${text.lookAtPricing}</a></p></section>`,
  });
}
