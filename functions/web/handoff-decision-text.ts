import type { Language } from './language.ts';

const english = {
  title: 'How it was decided',
  rep: 'Rep',
  outcome: 'Outcome',
  share: 'Share',
  got: 'gets it',
  place: (place: number) => `could: number ${place}`,
  cannot: 'could not',
  asItStood: 'As things stood at that moment.',
};

/** The words around how a rep was chosen; its sentences are those that programs get too. */
export const decisionText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Como foi decidido',
    rep: 'Vendedor',
    outcome: 'Resultado',
    share: 'Parcela',
    got: 'recebe o lead',
    place: (place) => `poderia: número ${place}`,
    cannot: 'não poderia',
    asItStood: 'Como estava naquele momento.',
  },
};
