import type { FieldFault } from './field-value.ts';
import { type Form, type LocalText, textIn } from './form.ts';

/** What to tell somebody whose answer does not fit: what to write instead. */
const faultTexts: Readonly<Record<FieldFault, LocalText>> = {
  required: { en: 'Please fill this in.', 'pt-BR': 'Preencha este campo.' },
  'not-text': {
    en: 'Send text here, not a list or an object.',
    'pt-BR': 'Envie texto aqui, não uma lista nem um objeto.',
  },
  'given-twice': {
    en: 'This was sent twice, differently: send it once.',
    'pt-BR': 'Este campo veio duas vezes, com valores diferentes: envie um só.',
  },
  'not-plain-text': {
    en: 'Write this on one line, without special control characters.',
    'pt-BR': 'Escreva em uma só linha, sem caracteres de controle.',
  },
  'too-long': {
    en: 'This is too long: write at most {n} characters.',
    'pt-BR': 'Texto longo demais: use no máximo {n} caracteres.',
  },
  'not-an-email': {
    en: 'This is not an e-mail address: write it like name@example.com.',
    'pt-BR': 'Isto não é um e-mail: escreva como nome@exemplo.com.',
  },
  'not-a-number': {
    en: 'Write a number in digits only, such as 1200000.',
    'pt-BR': 'Escreva o número só com dígitos, como 1200000.',
  },
  'not-an-option': { en: 'Choose one of: {options}.', 'pt-BR': 'Escolha uma destas opções: {options}.' },
  'not-a-country': {
    en: 'Choose a country, or write its code, such as BR.',
    'pt-BR': 'Escolha um país, ou escreva o código dele, como BR.',
  },
  'not-a-web-address': {
    en: 'Write an address that begins with https://.',
    'pt-BR': 'Escreva um endereço que comece com https://.',
  },
};

/** The sentence for one fault of one field, in the visitor's language. */
export function faultText(form: Form, { path, fault }: { path: string; fault: FieldFault }, language: string): string {
  const field = form.fields.find(({ name }) => name === path);
  return textIn(faultTexts[fault], language)
    .replace('{n}', () => String(field?.maxLength ?? ''))
    .replace('{options}', () => (field?.options ?? []).join(', '));
}
