import type { Language } from './language.ts';

const english = {
  skip: 'Skip to the content',
  navigation: 'Ripen',
  playbook: 'Playbook',
  paused: { marketing: 'Marketing e-mail is paused.', all: 'All e-mail is paused.', why: 'See why' },
  problem: {
    title: 'Not found',
    head: 'This cannot be shown',
    why: 'The link may be old, or mistyped.',
    home: 'Go home',
  },
  sections: {
    home: 'Home',
    leads: 'Leads',
    handoffs: 'Hand-offs',
    review: 'Review',
    sequences: 'Sequences',
    audiences: 'Audiences',
    sending: 'Sending',
    metrics: 'Metrics',
    connect: 'Connect',
    inbox: 'Inbox',
  },
};

/** The words around every private page. */
export const shellText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    skip: 'Ir para o conteúdo',
    navigation: 'Ripen',
    playbook: 'Playbook',
    paused: {
      marketing: 'Os e-mails de marketing estão em pausa.',
      all: 'Todos os e-mails estão em pausa.',
      why: 'Ver por quê',
    },
    problem: {
      title: 'Não encontrado',
      head: 'Isto não pode ser mostrado',
      why: 'O link pode ser antigo, ou ter um erro de digitação.',
      home: 'Ir para o início',
    },
    sections: {
      home: 'Início',
      leads: 'Leads',
      handoffs: 'Repasses',
      review: 'Revisão',
      sequences: 'Sequências',
      audiences: 'Públicos',
      sending: 'Envio',
      metrics: 'Métricas',
      connect: 'Conectar',
      inbox: 'E-mails',
    },
  },
};
