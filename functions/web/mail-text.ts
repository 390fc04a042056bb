import type { EnrollmentView, SendView } from '../nurture/read-enrollments.ts';
import type { Language } from './language.ts';

const english = {
  /** What became of a message that went out, the most telling first. */
  fates: {
    complainedAt: 'marked as spam',
    bouncedAt: 'bounced',
    rejectedAt: 'rejected by the mail provider',
    renderingFailedAt: 'could not be put together',
    unsubscribedAt: 'unsubscribed by it',
    repliedAt: 'replied to',
    clickedAt: 'clicked by a person',
    openedAt: 'opened by a person',
    clickedRawAt: 'clicked by a machine',
    openedRawAt: 'opened by a machine',
    deliveredAt: 'delivered',
    delayedAt: 'delayed',
  },
  unknownFate: 'nobody says whether it arrived',
  none: 'In no sequence. One starts when a form with marketing consent is filled in.',
  single: 'Single messages',
  toRep: ' to a colleague',
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
  completed: 'all steps are done',
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
    fates: {
      complainedAt: 'marcado como spam',
      bouncedAt: 'devolvido',
      rejectedAt: 'recusado pelo provedor',
      renderingFailedAt: 'não pôde ser montado',
      unsubscribedAt: 'cancelou por ele',
      repliedAt: 'respondido',
      clickedAt: 'clicado por uma pessoa',
      openedAt: 'aberto por uma pessoa',
      clickedRawAt: 'clicado por uma máquina',
      openedRawAt: 'aberto por uma máquina',
      deliveredAt: 'entregue',
      delayedAt: 'atrasado',
    },
    unknownFate: 'ninguém diz se chegou',
    none: 'Em nenhuma sequência. Uma começa quando um formulário é preenchido com consentimento de marketing.',
    single: 'Mensagens avulsas',
    toRep: ' a um colega',
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
    completed: 'todos os passos foram dados',
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

/** Why a walk ended, in words; a reason from another version of the product as it stands. */
export function exitText(reason: string, language: Language): string {
  const { exits, completed } = mailText[language];
  const known: Readonly<Record<string, string>> = { ...exits, completed };
  return known[reason] ?? reason;
}
