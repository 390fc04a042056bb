import type { Language } from './language.ts';

const english = {
  skip: 'Skip to the content',
  navigation: 'Ripen',
  playbook: 'Playbook',
  sections: {
    home: 'Home',
    leads: 'Leads',
    handoffs: 'Hand-offs',
    review: 'Review',
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
    sections: {
      home: 'Início',
      leads: 'Leads',
      handoffs: 'Repasses',
      review: 'Revisão',
      metrics: 'Métricas',
      connect: 'Conectar',
      inbox: 'E-mails',
    },
  },
};
