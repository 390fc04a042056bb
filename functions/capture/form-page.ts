import { html } from 'hono/html';
import { plainPage } from '../runtime/plain-page.ts';
import { asText } from './field-value.ts';
import { type Form, type FormField, textIn } from './form.ts';
import type { FormInput } from './form-body.ts';
import { faultText } from './form-messages.ts';
import type { FieldProblem } from './submission.ts';

const words = {
  heading: { en: 'Almost there', 'pt-BR': 'Quase lá' },
  lede: {
    en: 'Please correct what is marked and send it again.',
    'pt-BR': 'Corrija o que está marcado e envie de novo.',
  },
  optional: { en: 'optional', 'pt-BR': 'opcional' },
  send: { en: 'Send', 'pt-BR': 'Enviar' },
  sorry: { en: 'This could not be sent', 'pt-BR': 'Não foi possível enviar' },
} as const;

/**
 * The form again, with what the visitor wrote and what is wrong with it: nothing typed is lost, and it works without JavaScript
 * on whatever site the form stands.
 */
export function correctionPage(
  { formId, form, language }: { readonly formId: string; readonly form: Form; readonly language: string },
  input: FormInput,
  problems: readonly FieldProblem[],
): string {
  const kept = [...input].filter(([name]) =>
    /^utm_|^(ripen_aid|language|landing_page|referrer|submission_id)$/.test(name),
  );
  const ticked = (input.get('consent') ?? []).map(asText);
  return plainPage(
    language,
    textIn(words.heading, language),
    html`<p class="lede">${textIn(words.lede, language)}</p>
<form class="card" method="post" action="/f/${formId}" novalidate><div class="body">
<h2>${textIn(form.title, language)}</h2>
${form.fields.map((field) => fieldMarkup(field, input, problems, { form, language }))}
${form.consents.map(
  ({ purpose, wording }) => html`<div class="field check"><input type="checkbox" id="consent-${purpose}" name="consent"
 value="${purpose}"${ticked.includes(purpose) || ticked.includes('true') ? html` checked` : ''}>
<label for="consent-${purpose}">${textIn(wording, language)}</label></div>`,
)}
${kept.map(([name, [value]]) => html`<input type="hidden" name="${name}" value="${asText(value) ?? ''}">`)}
<button class="button primary" type="submit">${textIn(words.send, language)}</button>
</div></form>`,
  );
}

/** A page for what no correction can mend: too large, unreadable, no such form. */
export function refusalPage(language: string, message: string): string {
  return plainPage(language, textIn(words.sorry, language), html`<p class="lede">${message}</p>`);
}

function fieldMarkup(
  field: FormField,
  input: FormInput,
  problems: readonly FieldProblem[],
  { form, language }: { readonly form: Form; readonly language: string },
) {
  const { name, required, label, type, autocomplete } = field;
  const problem = problems.find(({ path }) => path === name);
  const value = asText(input.get(name)?.[0]) ?? '';
  const attributes = html`id="${name}" name="${name}"${required ? html` required` : ''}${
    autocomplete ? html` autocomplete="${autocomplete}"` : ''
  }${problem ? html` aria-invalid="true" aria-describedby="${name}-fault"` : ''}`;
  return html`<div class="field"><label for="${name}">${textIn(label, language)}${
    required ? '' : html` <span class="hint">${textIn(words.optional, language)}</span>`
  }</label>
${
  type === 'textarea'
    ? html`<textarea ${attributes} rows="4">${value}</textarea>`
    : type === 'select'
      ? html`<select ${attributes}><option value=""></option>${(field.options ?? []).map(
          (option) => html`<option${option === value ? html` selected` : ''}>${option}</option>`,
        )}</select>`
      : html`<input ${attributes} type="${inputType(type)}" value="${value}">`
}
${problem ? html`<p class="error" id="${name}-fault">${faultText(form, problem, language)}</p>` : ''}</div>`;
}

function inputType(type: FormField['type']): string {
  return type === 'email' || type === 'tel' || type === 'url' ? type : 'text';
}
