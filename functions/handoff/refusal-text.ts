import type { HandoffStatus } from './handoff.ts';

const english = {
  /** Above what is told to a person, by its code. */
  title: (code: string): string => (code === 'already-accepted' ? 'Somebody was first' : 'Nothing has changed'),
  back: 'Back',
  hasIt: (who: string, at: string) => `${who} has had this lead since ${at}.`,
  theirs: (who: string, at: string) => `${who} has had this lead since ${at}: only they, or the manager, can answer.`,
  closed: (how: string, at: string, who: string) => `It is over: ${how} on ${at}, with ${who}.`,
  ended: {
    ...{ queued: 'waiting for a rep', assigned: 'waiting to be accepted', accepted: 'accepted' },
    ...{ rejected: 'rejected', recycled: 'given back to nurture', won: 'won', lost: 'lost' },
  } satisfies Record<HandoffStatus, string>,
  waits: 'It has gone back to the queue, and waits for a rep.',
  notAccepted: 'It is not accepted yet: accept it first.',
  reasons: (list: string) => `Choose one of these reasons: ${list}.`,
  reps: (list: string) => `Say who: rep is one of ${list}.`,
  amount: (currency: string, example: string) =>
    `Write the amount in ${currency}, more than nothing, such as ${example}.`,
};

export type RefusalText = typeof english;

const portuguese: RefusalText = {
  title: (code) => (code === 'already-accepted' ? 'Alguém foi mais rápido' : 'Nada mudou'),
  back: 'Voltar',
  hasIt: (who, at) => `${who} está com este lead desde ${at}.`,
  theirs: (who, at) => `${who} está com este lead desde ${at}: só essa pessoa ou o gestor pode responder.`,
  closed: (how, at, who) => `Este repasse terminou: ${how} em ${at}, com ${who}.`,
  ended: {
    ...{ queued: 'esperando um vendedor', assigned: 'esperando ser aceito', accepted: 'aceito' },
    ...{ rejected: 'recusado', recycled: 'devolvido para nutrição', won: 'ganho', lost: 'perdido' },
  },
  waits: 'O lead voltou para a fila e espera um vendedor.',
  notAccepted: 'O repasse ainda não foi aceito: aceite primeiro.',
  reasons: (list) => `Escolha um destes motivos: ${list}.`,
  reps: (list) => `Diga quem: rep é um destes: ${list}.`,
  amount: (currency, example) => `Escreva o valor em ${currency}, maior que zero, por exemplo ${example}.`,
};

/** Why an answer did not count, in Portuguese for whoever reads it, else in English. */
export function refusalText(language: string): RefusalText {
  return language.toLowerCase().startsWith('pt') ? portuguese : english;
}
