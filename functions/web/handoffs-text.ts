import type { Language } from './language.ts';

const english = {
  title: 'Hand-offs',
  lede: 'Leads that are ready for a conversation, and the rep whose turn it was. People who asked to talk come first.',
  status: 'Status',
  anyStatus: 'Any status',
  rep: 'Rep',
  everybody: 'Everybody',
  show: 'Show',
  lead: 'Lead',
  why: 'Why now',
  score: 'Score',
  assigned: 'Assigned',
  asked: 'Asked to talk',
  wroteBack: 'Wrote back',
  reached: 'Threshold and signal',
  erasedLead: 'Erased lead',
  nobody: 'No hand-off like that',
  nobodyLike: 'Nobody matches this status and rep right now.',
  all: 'Show all hand-offs',
  none: 'No hand-offs yet',
  noneYet:
    'A lead comes here at the threshold with a buying signal, or at once when they ask to talk. Try it with the consultation form.',
  tryIt: 'Ask for a consultation',
  pages: 'Pages',
  next: 'Next hand-offs',
};

/** The words of the list of hand-offs. */
export const handoffsText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Repasses',
    lede: 'Leads prontos para uma conversa, e o vendedor da vez. Quem pediu contato vem primeiro.',
    status: 'Situação',
    anyStatus: 'Qualquer situação',
    rep: 'Vendedor',
    everybody: 'Todos',
    show: 'Mostrar',
    lead: 'Lead',
    why: 'Por que agora',
    score: 'Pontos',
    assigned: 'Repassado',
    asked: 'Pediu contato',
    wroteBack: 'Respondeu',
    reached: 'Limite e sinal',
    erasedLead: 'Lead apagado',
    nobody: 'Nenhum repasse assim',
    nobodyLike: 'Ninguém corresponde a esta situação e a este vendedor agora.',
    all: 'Mostrar todos os repasses',
    none: 'Ainda sem repasses',
    noneYet:
      'Um lead chega aqui no limite de pontos com um sinal de compra, ou na hora quando pede contato. Experimente com o formulário de consultoria.',
    tryIt: 'Pedir uma consultoria',
    pages: 'Páginas',
    next: 'Próximos repasses',
  },
};
