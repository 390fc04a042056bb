import { type Form, promisesIn, textIn } from '../capture/form.ts';
import { formFields } from './form-fields.ts';
import { icon } from './icon.ts';
import { landingArt } from './landing-art.ts';
import { html, type Markup } from './markup.ts';
import { unbroken } from './parts.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

export interface LandingPageView {
  readonly site: Site;
  readonly formId: string;
  readonly form: Form;
}

const audiences = { TOFU: 'learn', MOFU: 'compare', BOFU: 'buy' } as const;

/** What the form gives, and the form. A plain HTML form: without JavaScript it posts and the browser follows to the thank-you page. */
export function landingPage({ site, formId, form }: LandingPageView): string {
  const { language } = site;
  const text = visitorText[language];
  const promises = promisesIn(form, language);
  return visitorPage(site, {
    title: textIn(form.title, language),
    path: `/p/${formId}`,
    body: html`<div class="hero">
<div>
<span class="eyebrow">${icon('check')}${text.magnets[form.magnet]}</span>
<h1>${textIn(form.title, language)}</h1>
${form.description && html`<p class="pitch">${unbroken(textIn(form.description, language))}</p>`}
${promises.length > 0 && html`<ul class="promises">${promises.map((promise) => html`<li>${icon('check')}<span>${unbroken(promise)}</span></li>`)}</ul>`}
${landingArt(form)}
</div>
${formCard({ site, formId, form })}
</div>`,
  });
}

function formCard({ site, formId, form }: LandingPageView): Markup {
  const { language } = site;
  const text = visitorText[language];
  const button = form.explicitRequest ? text.book : form.funnelStage === 'BOFU' ? text.start : text.send;
  return html`<form class="form-card" action="/f/${formId}" method="post" data-thanks="${inLanguage(form.thankYou, language)}">
<h2>${text.formHeading[audiences[form.funnelStage]]}</h2>
<input type="hidden" name="language" value="${language}">
${formFields(form, { language, prefix: 'lead' })}
<button class="button primary big wide" type="submit">${button}</button>
<p class="fine-print">${unbroken(text.finePrint)}</p>
</form>`;
}

/** A page of our own goes on in the visitor's language; an address elsewhere stays as it is written. */
export function inLanguage(place: string, language: string): string {
  if (!place.startsWith('/')) return place;
  return `${place}${place.includes('?') ? '&' : '?'}lang=${language}`;
}
