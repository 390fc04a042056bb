import { type ConsentBox, type Form, type FormField, textIn } from '../capture/form.ts';
import { countries } from './country.ts';
import type { Language } from './language.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { unbroken } from './parts.ts';

const words = {
  en: { optional: 'optional', choose: 'Choose…' },
  'pt-BR': { optional: 'opcional', choose: 'Escolha…' },
} as const;

/** Which language the fields speak, what their ids start with (a page may hold several forms), and what stands in them. */
export interface FieldContext {
  readonly language: Language;
  readonly prefix: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Every field of a form with its label, then the consent boxes. Works without JavaScript; nothing is ticked beforehand (I-C5). */
export function formFields(form: Form, context: FieldContext): Markup {
  return html`<div class="fields">${form.fields.map((field) => fieldOf(field, context))}
${form.consents.map((box) => consentBox(box, context))}</div>`;
}

function fieldOf(field: FormField, context: FieldContext): Markup {
  const { language, prefix } = context;
  const id = `${prefix}-${field.name}`;
  return html`<div class="field ${field.required && 'whole'}"><label for="${id}">${textIn(field.label, language)}${
    !field.required && html` <span class="optional">(${words[language].optional})</span>`
  }</label>
${control(field, id, context)}</div>
`;
}

function control(field: FormField, id: string, { language, values = {} }: FieldContext): Markup {
  const { name, type, required, maxLength, autocomplete, options = [] } = field;
  const value = values[name] ?? '';
  const attributes = html`id="${id}" name="${name}"${required && html` required`}${autocomplete && html` autocomplete="${autocomplete}"`}`;
  switch (type) {
    case 'textarea':
      return html`<textarea ${attributes} maxlength="${maxLength}">${value}</textarea>`;
    case 'select':
      return dropDown(
        attributes,
        options.map((option) => [option, option]),
        { value, language },
      );
    case 'country':
      return dropDown(attributes, countries(language), { value, language });
    case 'number':
      return html`<input ${attributes} type="text" inputmode="decimal" maxlength="${maxLength}" value="${value}">`;
    case 'email':
    case 'tel':
    case 'text':
    case 'url':
      return html`<input ${attributes} type="${type}" maxlength="${maxLength}" value="${value}">`;
  }
}

function dropDown(
  attributes: Piece,
  options: readonly (readonly [value: string, text: string])[],
  { value, language }: { readonly value: string; readonly language: Language },
): Markup {
  return html`<select ${attributes}><option value="">${words[language].choose}</option>${options.map(
    ([option, text]) => html`<option value="${option}"${option === value && html` selected`}>${text}</option>`,
  )}</select>`;
}

function consentBox({ purpose, wording }: ConsentBox, { language }: FieldContext): Markup {
  return html`<label class="check"><input type="checkbox" name="consent" value="${purpose}"><span>${unbroken(textIn(wording, language))}</span></label>
`;
}
