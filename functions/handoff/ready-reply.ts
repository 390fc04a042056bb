import type { Account } from '../leads/account.ts';
import type { Lead } from '../leads/lead.ts';
import { firstNameOf } from '../leads/typed-text.ts';

/** What brought them, as an answer to it begins. */
type Occasion = 'wrote' | 'asked' | 'booked' | 'interested';

export interface ReadyReply {
  /** Of the lead: the one they read, not the rep's. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  /** Opens the rep's own mail program with all of it. */
  readonly mailto: string;
}

interface Writer {
  readonly name: string;
  readonly bookingUrl?: string | undefined;
}

/** A first answer in the lead's language, for the rep to send as it is or to change: short, and ending in a way to a talk. */
export function readyReply(
  lead: Pick<Lead, 'attributes' | 'language'> & { readonly email: string },
  occasion: Occasion,
  rep: Writer,
  account: Pick<Account, 'name' | 'language'>,
): ReadyReply {
  const language = lead.language ?? account.language;
  const words = language.toLowerCase().startsWith('pt') ? portuguese : english;
  // What is no name is not repeated to them: anybody may have typed it (I-F1).
  const firstName = firstNameOf(lead.attributes.name);
  const talk = rep.bookingUrl === undefined ? words.when : words.book(rep.bookingUrl);
  const subject = words.subject[occasion](account.name);
  const text = [
    words.greeting(firstName),
    words.opening[occasion](account.name),
    ...(occasion === 'booked' ? [words.prepare] : [talk]),
    `${words.closing}\n${rep.name}\n${account.name}`,
  ].join('\n\n');
  return { language: words.language, subject, text, mailto: mailtoOf(lead.email, subject, text) };
}

/** Line breaks are CRLF there (RFC 6068 § 5). */
function mailtoOf(email: string, subject: string, body: string): string {
  const written = { subject, body: body.replaceAll('\n', '\r\n') };
  const query = Object.entries(written).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}?${query.join('&')}`;
}

const english = {
  language: 'en',
  greeting: (name: string) => (name === '' ? 'Hello,' : `Hi ${name},`),
  subject: {
    wrote: () => 'Your e-mail',
    asked: (account: string) => `Your request to ${account}`,
    booked: (account: string) => `Our appointment: you and ${account}`,
    interested: (account: string) => `A question about ${account}`,
  },
  opening: {
    wrote: () => 'Thank you for your answer. I am the person who helps you from here.',
    asked: (account: string) =>
      `Thank you for getting in touch with ${account}. I am the person who helps you from here.`,
    booked: () => 'Thank you for booking a time with us. I am the one you will talk to.',
    interested: (account: string) =>
      `Thank you for taking such a close look at ${account}. What would you like to solve first? Perhaps I can spare you some reading.`,
  },
  book: (url: string) => `Choose a time that suits you, and we talk about it: ${url}`,
  when: 'When would a short call suit you, today or tomorrow?',
  prepare: 'Is there anything that I should prepare, or anybody else who should be there?',
  closing: 'Best regards,',
} satisfies ReplyWords;

const portuguese: ReplyWords = {
  language: 'pt-BR',
  greeting: (name) => (name === '' ? 'Olá!' : `Olá, ${name}!`),
  subject: {
    wrote: () => 'Seu e-mail',
    asked: (account) => `Seu pedido para a ${account}`,
    booked: (account) => `Nosso horário: você e a ${account}`,
    interested: (account) => `Uma pergunta sobre a ${account}`,
  },
  opening: {
    wrote: () => 'Agradeço a resposta. Sou eu quem ajuda você daqui em diante.',
    asked: (account) => `Agradeço por procurar a ${account}. Sou eu quem ajuda você daqui em diante.`,
    booked: () => 'Que bom que você marcou um horário com a gente. É comigo que você vai conversar.',
    interested: (account) =>
      `Vi com alegria o seu interesse pela ${account}. O que você quer resolver primeiro? Talvez eu possa poupar um pouco de leitura.`,
  },
  book: (url) => `Escolha um horário que seja bom para você, e conversamos: ${url}`,
  when: 'Quando seria bom para uma conversa rápida, hoje ou amanhã?',
  prepare: 'Há algo que eu deva preparar, ou mais alguém que deva participar?',
  closing: 'Um abraço,',
};

interface ReplyWords {
  readonly language: string;
  readonly greeting: (name: string) => string;
  readonly subject: Readonly<Record<Occasion, (account: string) => string>>;
  readonly opening: Readonly<Record<Occasion, (account: string) => string>>;
  readonly book: (url: string) => string;
  readonly when: string;
  readonly prepare: string;
  readonly closing: string;
}
