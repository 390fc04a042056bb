import { type Form, textIn } from '../capture/form.ts';
import { inLanguage } from './landing-page.ts';
import { mark } from './mark.ts';
import { html, type Markup, safeHref } from './markup.ts';
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
  return visitorPage(site, {
    title: text.thanks,
    path: formId === undefined ? '/p/thank-you' : `/p/thank-you?form=${formId}`,
    body: html`<section class="note-card">${mark()}<h1>${text.thanks}</h1>
${form && awaitsConfirmation(form) && html`<p>${text.confirm}</p>`}
${form?.explicitRequest && html`<p>${text.toPerson}</p>`}
${form?.asset ? promised(form, form.asset, language) : !form?.explicitRequest && html`<p>${text.noAsset}</p>`}
<p><a href="/p/pricing?lang=${language}">${text.lookAtPricing}</a></p></section>`,
  });
}

function promised(form: Form, asset: NonNullable<Form['asset']>, language: Site['language']): Markup {
  const { onItsWay, rightNow, meanwhile, open } = visitorText[language];
  const told = form.explicitRequest ? meanwhile : awaitsConfirmation(form) ? rightNow : onItsWay;
  return html`<p>${told}</p><a class="button primary big" href="${safeHref(inLanguage(asset.url, language))}">${open(textIn(asset.title, language))}</a>`;
}

/** Is there an e-mail on its way that asks whether the address is theirs? */
function awaitsConfirmation({ doubleOptIn, consents }: Form): boolean {
  return doubleOptIn && consents.some(({ purpose }) => purpose === 'marketing');
}
