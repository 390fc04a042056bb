import { html } from 'hono/html';
import { plainPage } from '../runtime/plain-page.ts';

const words = {
  en: {
    ask: 'Unsubscribe',
    sure: (who: string) => `No more e-mail to ${who}: no newsletter, no series, no offers.`,
    notices:
      'No more notices to you: nobody tells you of a hot lead. If this mail was forwarded to you, close this page.',
    you: 'you',
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    gone: (who: string) => `From now on we send no more e-mail to ${who}.`,
    unknown: 'This link does not work',
    mend: 'Copy the whole link from the e-mail, or reply to that e-mail and ask us to take you off the list.',
  },
  'pt-BR': {
    ask: 'Cancelar inscrição',
    sure: (who: string) => `Nenhum outro e-mail para ${who}: nem newsletter, nem séries, nem ofertas.`,
    notices:
      'Nenhum outro aviso para você: ninguém avisa quando um lead esquenta. Se este e-mail foi encaminhado a você, feche esta página.',
    you: 'você',
    button: 'Cancelar inscrição',
    done: 'Inscrição cancelada',
    gone: (who: string) => `A partir de agora não enviamos mais e-mails para ${who}.`,
    unknown: 'Este link não funciona',
    mend: 'Copie o link inteiro do e-mail, ou responda a ele e peça para sair da lista.',
  },
} as const;

export type PageLanguage = keyof typeof words;

/** The reader's language if the page is written in it, else the account's, else English. */
export function pageLanguage(acceptLanguage: string | undefined, account: string): PageLanguage {
  const asked = (acceptLanguage ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  for (const language of [...asked, account]) {
    if (language.startsWith('pt')) return 'pt-BR';
    if (language.startsWith('en')) return 'en';
  }
  return 'en';
}

/** `a•••@example.com`: enough for its owner to know it, too little for whoever got hold of the link. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}•••${email.slice(at)}`;
}

/** Shows whom the link is about and a button; looking at it changes nothing. `email` null: the person is not known any more. */
export function askPage(language: PageLanguage, email: string | null): string {
  const { ask, sure, you, button } = words[language];
  return plainPage(
    language,
    ask,
    html`<p class="lede">${sure(email === null ? you : masked(email))}</p>
<form method="post"><button class="button primary" type="submit">${button}</button></form>`,
  );
}

export function donePage(language: PageLanguage, email: string | null): string {
  const { done, gone, you } = words[language];
  return plainPage(language, done, html`<p class="lede">${gone(email === null ? you : masked(email))}</p>`);
}

/** Before a colleague's notices stop: somebody they were forwarded to may have followed the link. */
export function askColleaguePage(language: PageLanguage): string {
  const { ask, notices, button } = words[language];
  return plainPage(
    language,
    ask,
    html`<p class="lede">${notices}</p>
<form method="post"><button class="button primary" type="submit">${button}</button></form>`,
  );
}

/** The same for every link we did not make, whatever is wrong with it. */
export function unknownLinkPage(language: PageLanguage): string {
  const { unknown, mend } = words[language];
  return plainPage(language, unknown, html`<p class="lede">${mend}</p>`);
}
