import type { Language } from './language.ts';

const english = {
  title: 'Review',
  head: 'Over the threshold since the playbook changed',
  lede: 'These leads did nothing new: other rules count what they did before. Sales knows of none of them until you say so.',
  author: 'Who you are',
  leaving: 'Leave',
  toReview: 'Leads to review',
  lead: 'Lead',
  score: 'Score',
  since: 'Since',
  decide: 'Decide',
  to: 'to',
  handOver: 'Hand to sales',
  leave: 'Leave',
  onAll: 'Decide on all of them at once',
  onAllNote:
    'Handing over tells the reps, each of their own leads. Who does not qualify today, for their last buying signal is too long ago for instance, stays on this list.',
  handOverAll: 'Hand all of them to sales',
  leaveAll: 'Leave all of them',
  done: 'Done. Who still stands here does not qualify today, or is yet to be decided on.',
  isLeft: 'is left where they are:',
  isHandedOver: 'is handed to sales.',
  nobody: 'Nobody waits for you',
  nobodyYet: (threshold: number, whenLeft: string) =>
    `When a changed playbook alone brings a lead to ${threshold} points, nobody in sales is told. The lead stands here, and you decide. Whoever comes over the threshold by their own doing goes to sales at once. Whom you leave: ${whenLeft}`,
  all: 'Show all leads',
  pages: 'Pages',
  next: 'Next leads',
};

/** The words of the page on which a person decides whom sales gets. */
export const reviewText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Revisão',
    head: 'Acima do limite desde que o playbook mudou',
    lede: 'Estes leads não fizeram nada de novo: outras regras contam o que fizeram antes. Vendas não sabe de nenhum deles até você dizer.',
    author: 'Quem é você',
    leaving: 'Deixar',
    toReview: 'Leads a revisar',
    lead: 'Lead',
    score: 'Pontos',
    since: 'Desde',
    decide: 'Decidir',
    to: 'para',
    handOver: 'Repassar a vendas',
    leave: 'Deixar',
    onAll: 'Decidir sobre todos de uma vez',
    onAllNote:
      'Repassar avisa os vendedores, cada um dos seus leads. Quem hoje não se qualifica, por exemplo porque o último sinal de compra é antigo demais, fica nesta lista.',
    handOverAll: 'Repassar todos a vendas',
    leaveAll: 'Deixar todos',
    done: 'Feito. Quem ainda está aqui não se qualifica hoje, ou ainda espera uma decisão.',
    isLeft: 'fica onde está:',
    isHandedOver: 'foi repassado a vendas.',
    nobody: 'Ninguém espera por você',
    nobodyYet: (threshold, whenLeft) =>
      `Quando só a mudança do playbook leva um lead a ${threshold} pontos, ninguém em vendas é avisado. O lead fica aqui, e você decide. Quem passa do limite por ação própria vai a vendas na hora. Quem você deixa: ${whenLeft}`,
    all: 'Mostrar todos os leads',
    pages: 'Páginas',
    next: 'Próximos leads',
  },
};
