import { type Form, textIn } from '../capture/form.ts';
import { assetText } from './asset-text.ts';
import { html } from './markup.ts';
import { type Site, visitorPage } from './visitor-layout.ts';
import { visitorText } from './visitor-text.ts';

/** What the form promised, as a page: the demo's stand-in for the PDF, the recording or the workspace behind it. */
export function assetPage({
  site,
  formId,
  form,
}: {
  readonly site: Site;
  readonly formId: string;
  readonly form: Form;
}): string {
  const { language } = site;
  const { intro, points, next } = assetText(formId, language);
  const title = textIn(form.asset?.title ?? form.title, language);
  return visitorPage(site, {
    title,
    path: `/p/your-${formId}`,
    body: html`<article class="article"><span><span class="eyebrow">${visitorText[language].magnets[form.magnet]}</span></span>
<h1>${title}</h1>
<p>${intro}</p>
<ol>${points.map(([heading, text]) => html`<li><strong>${heading}</strong> ${text}</li>`)}</ol>
<p>${next}</p>
<p class="inline"><a class="button primary" href="/p/pricing?lang=${language}">${visitorText[language].lookAtPricing}</a></p></article>`,
  });
}
