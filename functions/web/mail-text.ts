import type { EnrollmentView, SendView } from '../nurture/read-enrollments.ts';
import type { Language } from './language.ts';

const english = {
  none: 'In no sequence. One starts when a form with marketing consent is filled in.',
  single: 'Single messages',
  toRep: ' to the rep',
  left: 'Left',
  next: 'Next step',
  exits: {
    'handed-off': 'sales has taken over',
    converted: 'they have become a customer',
    replied: 'they have written back',
    suppressed: 'they are not to be e-mailed any more',
    goal: 'the goal is reached',
    'exit-step': 'the sequence ends here for them',
  } satisfies Record<NonNullable<EnrollmentView['exit']>['reason'], string>,
  walks: {
    active: 'active',
    waiting: 'waiting',
    completed: 'completed',
    paused: 'paused',
    exited: 'exited',
  } satisfies Record<EnrollmentView['status'], string>,
  sends: {
    sent: 'sent',
    claimed: 'claimed',
    retry: 'retry',
    unconfirmed: 'unconfirmed',
    failed: 'failed',
    suppressed: 'suppressed',
    cancelled: 'cancelled',
  } satisfies Record<SendView['status'], string>,
};

/** The words around what was mailed to a lead. */
export const mailText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    none: 'Em nenhuma sequência. Uma começa quando um formulário é preenchido com consentimento de marketing.',
    single: 'Mensagens avulsas',
    toRep: ' ao vendedor',
    left: 'Saiu',
    next: 'Próximo passo',
    exits: {
      'handed-off': 'vendas assumiu',
      converted: 'a pessoa se tornou cliente',
      replied: 'a pessoa respondeu',
      suppressed: 'a pessoa não deve mais receber e-mails',
      goal: 'o objetivo foi alcançado',
      'exit-step': 'a sequência termina aqui para esta pessoa',
    },
    walks: {
      active: 'ativa',
      waiting: 'em espera',
      completed: 'concluída',
      paused: 'pausada',
      exited: 'encerrada',
    },
    sends: {
      sent: 'enviado',
      claimed: 'reservado',
      retry: 'nova tentativa',
      unconfirmed: 'não confirmado',
      failed: 'falhou',
      suppressed: 'suprimido',
      cancelled: 'cancelado',
    },
  },
};
