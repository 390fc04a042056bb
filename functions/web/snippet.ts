import { type Form, type FormField, textIn } from '../capture/form.ts';
import { countries } from './country.ts';
import type { Language } from './language.ts';
import { html, type Markup } from './markup.ts';
import { promisedLink, thanksSentences } from './thanks-text.ts';
import { visitorText } from './visitor-text.ts';

/** Where the form posts to, and in which language it speaks. */
export interface SnippetPlace {
  /** Ripen's own origin, without a slash at its end. */
  readonly baseUrl: string;
  readonly language: Language;
}

/**
 * The form as HTML for any page: plain, without a class, so that it takes the look of the page it stands in. It works as it is;
 * the script makes it stay on the page, show errors beside their fields, and survive a double click.
 */
export function formSnippet(formId: string, form: Form, { baseUrl, language }: SnippetPlace): string {
  return (
    [
      html`<form action="${baseUrl}/f/${formId}" method="post"${thanks(form, { baseUrl, language })}>`,
      html`  <input type="hidden" name="language" value="${language}">`,
      ...form.fields.map(
        (field) => html`  <label>${textIn(field.label, language)} ${control(field, language)}</label>`,
      ),
      ...form.consents.map(
        ({ purpose, wording }) =>
          html`  <label><input type="checkbox" name="consent" value="${purpose}"> ${textIn(wording, language)}</label>`,
      ),
      html`  <button type="submit">${language === 'en' ? 'Send' : 'Enviar'}</button>`,
      html`</form>`,
      html`<script src="${baseUrl}/js/form.js" defer></script>`,
    ]
      .join('\n')
      // Every attribute stands in double quotes, so that the apostrophes of the texts may stay readable.
      .replaceAll('&#39;', "'")
  );
}

/** What the script says in the form's place once it is sent, and the promised link. */
function thanks(form: Form, { baseUrl, language }: SnippetPlace): Markup {
  const sent = [visitorText[language].thanks, ...thanksSentences(form, language)].join(' ');
  const promised = promisedLink(form, language);
  const link =
    promised && html` data-link="${new URL(promised.href, baseUrl).href}" data-link-text="${promised.words}"`;
  return html` data-sent="${sent}"${link}`;
}

/** The tracker, once per page, in the head. Where the form stands too, it tells which campaign brought the visitor. */
export function trackerSnippet(baseUrl: string, writeKey: string): string {
  return String(html`<script src="${baseUrl}/js/ripen.js" data-write-key="${writeKey}" defer></script>`);
}

function control(
  { name, type, required, maxLength, autocomplete, options = [] }: FormField,
  language: Language,
): Markup {
  const attributes = html`name="${name}"${autocomplete && html` autocomplete="${autocomplete}"`}${required && html` required`}`;
  switch (type) {
    case 'textarea':
      return html`<textarea ${attributes} maxlength="${maxLength}"></textarea>`;
    case 'select':
      return html`<select ${attributes}><option></option>${options.map((option) => html`<option>${option}</option>`)}</select>`;
    case 'country':
      // All on one line: the form stays easy to read, and a visitor chooses a name instead of guessing a code.
      return html`<select ${attributes}><option></option>${countries(language).map(([code, name]) => html`<option value="${code}">${name}</option>`)}</select>`;
    case 'number':
      return html`<input ${attributes} inputmode="decimal" maxlength="${maxLength}">`;
    case 'email':
    case 'tel':
    case 'text':
    case 'url':
      return html`<input type="${type}" ${attributes} maxlength="${maxLength}">`;
  }
}
