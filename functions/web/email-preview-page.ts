import { shownAddress } from '../leads/shown-address.ts';
import type { Preview } from '../nurture/preview-email.ts';
import { emailPreviewText } from './email-preview-text.ts';
import type { Language } from './language.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { callout, card, inputField, select } from './parts.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { capital } from './words.ts';

/** How the e-mail is looked at. */
export interface Look {
  /** Address or id of a lead as it was typed; empty: somebody made up. */
  readonly lead: string;
  readonly theme: 'light' | 'dark';
  readonly width: '600' | '360';
}

export interface EmailPreviewView {
  readonly frame: Frame;
  readonly preview: Preview;
  readonly look: Look;
  /** The lead that was asked for is none of ours: the e-mail is shown as somebody made up would get it. */
  readonly isUnknownLead: boolean;
  /** Has a test just been sent? */
  readonly sent: boolean;
}

/** In pixels: only a script could ask how tall an e-mail is, and it runs none. As tall as the longest of the shipped ones. */
const heights: Readonly<Record<Look['width'], number>> = { 600: 1200, 360: 1600 };

/** An e-mail as one person would get it, in a frame that can do nothing, its text part beside it. */
export function emailPreviewPage(view: EmailPreviewView): string {
  const { frame, preview, look, sent } = view;
  const { language } = frame.reader;
  const text = emailPreviewText[language];
  const { template, subject } = preview;
  // Of nobody whom we do not have: neither shown nor tested.
  const shownLook = view.isUnknownLead ? { ...look, lead: '' } : look;
  const title = capital(messageName(template, language));
  return shellPage(frame, {
    section: 'sequences',
    title,
    body: html`${pageHead({
      crumb: { href: `/sequences?lang=${language}`, text: text.sequences },
      title,
      lede: `${whose(preview, language)} ${text.noLinks}`,
      actions: html`<span class="inline">${languageLinks(language, (other) => `/emails/${encodeURIComponent(template)}?${lookQuery(look, preview, other)}`)}</span>`,
    })}
<div class="stack">
${sent && callout('good', html`${text.sent}${frame.local && html` <a href="/_local/inbox">${text.lookInInbox}</a>`}`)}
${lookForm(view)}
<div class="columns">
${card(
  subject,
  html`<div class="mail-frame ${look.theme} w${look.width}"><iframe src="${frameHref(preview, shownLook)}" sandbox="" title="${text.frame}" width="${look.width}" height="${heights[look.width]}" loading="lazy" referrerpolicy="no-referrer"></iframe></div>`,
  { flush: true, footer: text.tallerThanThis },
)}
<div class="stack">
${card(text.test, testForm(preview, shownLook, language), { aside: html`<p>${text.testAside}</p>` })}
${card(text.text, html`<pre class="mail-text" tabindex="0" aria-label="${text.text}">${preview.text}</pre>`)}
</div>
</div>
</div>`,
  });
}

export function emailHref(template: string, language: Language): string {
  return `/emails/${encodeURIComponent(template)}?lang=${language}`;
}

/** Where the frame gets the e-mail from: the same wishes, and nothing of the page. */
function frameHref({ template, language }: Preview, { lead, theme }: Look): string {
  const query = new URLSearchParams({ language, theme, ...(lead !== '' && { lead }) });
  return `/emails/${encodeURIComponent(template)}/frame?${query}`;
}

function whose({ audience, lead }: Preview, language: Language): string {
  const text = emailPreviewText[language];
  if (audience === 'team') return text.forColleagues;
  if (!lead) return text.asSeenBySomebody;
  const { name } = lead.attributes;
  return text.asSeenBy(typeof name === 'string' ? name : shownAddress(lead.emailAsTyped).text);
}

/** How it is looked at, in an address: the same after a change of language and after a test. */
function lookQuery({ lead, theme, width }: Look, { language }: Preview, lang: Language): string {
  return new URLSearchParams({ lang, language, theme, width, ...(lead !== '' && { lead }) }).toString();
}

function lookForm({ preview, look, isUnknownLead, frame: { reader } }: EmailPreviewView): Markup {
  const { language } = reader;
  const { template, languages, language: written } = preview;
  const text = emailPreviewText[language];
  return html`<form class="toolbar" action="/emails/${encodeURIComponent(template)}">
<input type="hidden" name="lang" value="${language}">
<div class="field grow"><label for="filter-lead">${text.whose} <span class="optional">(${text.whoseHint})</span></label><input id="filter-lead" name="lead" type="search" value="${look.lead}" autocomplete="off"${isUnknownLead && html` aria-invalid="true" aria-describedby="lead-error" autofocus`}></div>
${select({ name: 'language', label: text.written, value: written, options: languages.map((one) => [one, one] as const) })}
${select({
  name: 'theme',
  label: text.theme,
  value: look.theme,
  options: [
    ['light', text.light],
    ['dark', text.dark],
  ],
})}
${select({
  name: 'width',
  label: text.width,
  value: look.width,
  options: [
    ['600', text.desk],
    ['360', text.phone],
  ],
})}
<button class="primary">${text.show}</button>
${isUnknownLead && html`<p class="field-error whole" id="lead-error">${text.unknownLead}</p>`}</form>`;
}

function testForm(preview: Preview, look: Look, language: Language): Markup {
  const { template, language: written } = preview;
  const text = emailPreviewText[language];
  const attributes = html`type="email" required maxlength="320" autocomplete="email"`;
  return html`<form class="toolbar" method="post" action="/api/emails/${encodeURIComponent(template)}/test?${lookQuery(look, preview, language)}">
<input type="hidden" name="lead" value="${look.lead}"><input type="hidden" name="language" value="${written}">
${inputField({ id: 'test-to', name: 'to', label: text.to, attributes })}
<button>${text.send}</button></form>`;
}
