import type { News } from '../handoff/task.ts';
import type { Language } from './language.ts';

const english = {
  title: 'Tasks',
  none: 'Nothing to follow up.',
  noneYet: 'Whoever sales has taken and of whom nothing is heard comes up here.',
  because: {
    accepted: 'Accepted, and no news since:',
    contacted: 'Spoken to, and no news since:',
    meeting: 'A meeting, and no news since:',
    lost: 'The deal was lost:',
  } satisfies Record<News['what'], string>,
  due: 'due',
  done: 'Done',
  markDone: 'Mark as done',
  isDone: 'done',
  /** What sales told instead of ticking it off. */
  outcomes: {
    accepted: 'accepted again',
    contacted: 'contacted',
    meeting: 'a meeting',
    won: 'won',
    lost: 'lost',
    recycled: 'back to nurture',
    rejected: 'rejected',
  },
};

/** The words of what a rep is to do for a lead. */
export const taskText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Tarefas',
    none: 'Ninguém para retomar o contato.',
    noneYet: 'Quem vendas aceitou e de quem não se soube mais nada aparece aqui.',
    because: {
      accepted: 'Aceito, e sem notícias desde então:',
      contacted: 'Contatado, e sem notícias desde então:',
      meeting: 'Houve reunião, e sem notícias desde então:',
      lost: 'O negócio foi perdido:',
    },
    due: 'prazo',
    done: 'Feito',
    markDone: 'Marcar como feito',
    isDone: 'feito',
    outcomes: {
      accepted: 'aceito de novo',
      contacted: 'contatado',
      meeting: 'reunião',
      won: 'ganho',
      lost: 'perdido',
      recycled: 'devolvido para nutrição',
      rejected: 'recusado',
    },
  },
};
