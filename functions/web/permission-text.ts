import type { Purpose } from '../leads/activity.ts';
import type { ConsentStatus, SuppressionReason } from '../leads/lead.ts';
import type { Language } from './language.ts';

const english = {
  title: 'What may we do, and why',
  purposes: {
    marketing: 'Marketing e-mail',
    'sales-contact': 'Sales contact',
    tracking: 'Noting opens and clicks',
  } satisfies Record<Purpose, string>,
  notGiven: 'not given',
  notAsked: 'not asked',
  asked: 'granted: they asked',
  notRefused: 'not refused',
  suppressed: (reason: string) => `suppressed (${reason})`,
  reasons: {
    bounce: 'bounce',
    complaint: 'complaint',
    unsubscribe: 'unsubscribe',
    erasure: 'erasure',
  } satisfies Record<SuppressionReason, string>,
  statuses: {
    pending: 'pending',
    granted: 'granted',
    denied: 'denied',
    revoked: 'revoked',
  } satisfies Record<ConsentStatus, string>,
  evidence: (count: number) => `Show the evidence (${count})`,
  none: 'They have said nothing yet, so nothing is permitted.',
  stopped: (reason: string) => `No e-mail from here on: ${reason}`,
  lifted: (reason: string) => `E-mail again: their ${reason} was lifted by their own yes`,
  wording: 'text read',
};

/** The words of what a person permits. The evidence itself stands as it was written. */
export const permissionText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'O que podemos fazer, e por quê',
    purposes: {
      marketing: 'E-mail de marketing',
      'sales-contact': 'Contato de vendas',
      tracking: 'Registrar aberturas e cliques',
    },
    notGiven: 'não dada',
    notAsked: 'não perguntado',
    asked: 'dada: a pessoa pediu',
    notRefused: 'não recusado',
    suppressed: (reason) => `suprimido (${reason})`,
    reasons: { bounce: 'devolução', complaint: 'reclamação', unsubscribe: 'cancelamento', erasure: 'exclusão' },
    statuses: { pending: 'pendente', granted: 'dada', denied: 'negada', revoked: 'revogada' },
    evidence: (count) => `Mostrar as provas (${count})`,
    none: 'A pessoa ainda não disse nada, então nada é permitido.',
    stopped: (reason) => `Nenhum e-mail a partir daqui: ${reason}`,
    lifted: (reason) => `E-mail de novo: o ${reason} foi desfeito pelo sim da própria pessoa`,
    wording: 'texto lido',
  },
};
