import type { Language } from './language.ts';

const words = {
  en: {
    none: 'an e-mail',
    asset: 'the promised link',
    hotLead: 'the news of a hot lead',
    step: (sequence: string, place: string) => `${sequence} e-mail ${place}`,
    other: (template: string) => `the e-mail “${template}”`,
  },
  'pt-BR': {
    none: 'um e-mail',
    asset: 'o link prometido',
    hotLead: 'o aviso de um lead quente',
    step: (sequence: string, place: string) => `o e-mail ${place} de “${sequence}”`,
    other: (template: string) => `o e-mail “${template}”`,
  },
} as const;

/** What people call a message by its template: `the promised link`, `welcome e-mail 1`, else the template's own name. */
export function messageName(template: string, language: Language): string {
  const { none, asset, hotLead, step, other } = words[language];
  if (template === '') return none;
  if (template === 'asset') return asset;
  if (template === 'hot-lead') return hotLead;
  const [, sequence, place] = /^(.+)-(\d+)$/.exec(template) ?? [];
  return sequence && place ? step(sequence.replaceAll('-', ' '), place) : other(template);
}
