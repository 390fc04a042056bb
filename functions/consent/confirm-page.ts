import { html } from 'hono/html';
import { plainPage } from '../runtime/plain-page.ts';
import { masked, type PageLanguage } from './unsubscribe-page.ts';

export interface ConfirmView {
  readonly language: PageLanguage;
  readonly email: string;
  /** The team's name. */
  readonly account: string;
  /** Where a person can write to. */
  readonly replyTo: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly hasUnsubscribed: boolean;
  /** Has something been posted that did not come from this page? Nothing was done: the button is to be pressed. */
  readonly isUnread?: boolean;
}

const words = {
  en: {
    ask: 'Confirm your address',
    sure: (who: string, account: string) => `Is ${who} yours, and may ${account} write to it?`,
    again: 'You have unsubscribed. This puts you back on the list.',
    button: 'Yes, confirm',
    unread: 'Nothing has changed yet. Press the button to confirm.',
    not: 'You did not ask for this? Then close this page: nothing happens, and you hear no more of it.',
    done: 'You are on the list',
    welcome: (who: string) =>
      `Thank you. From now on our e-mail goes to ${who}. Every one of them has a link to stop it.`,
    blocked: 'We cannot write to this address',
    why: (who: string) =>
      `Thank you, that is noted. But our mail to ${who} came back or was marked as spam, so we send none.`,
    mend: (address: string) => `Write to ${address} and we will put it right.`,
  },
  'pt-BR': {
    ask: 'Confirme seu endereço',
    sure: (who: string, account: string) => `${who} é seu, e a ${account} pode escrever para ele?`,
    again: 'Você cancelou a inscrição. Isto coloca você de volta na lista.',
    button: 'Sim, confirmar',
    unread: 'Nada mudou ainda. Aperte o botão para confirmar.',
    not: 'Não foi você quem pediu? Feche esta página: nada acontece, e você não recebe mais nada sobre isto.',
    done: 'Você está na lista',
    welcome: (who: string) =>
      `Obrigado. A partir de agora nossos e-mails vão para ${who}. Cada um deles tem um link para parar.`,
    blocked: 'Não podemos escrever para este endereço',
    why: (who: string) =>
      `Obrigado, está anotado. Mas nossos e-mails para ${who} voltaram ou foram marcados como spam, e por isso não enviamos nenhum.`,
    mend: (address: string) => `Escreva para ${address} e nós resolvemos.`,
  },
} as const;

/** Asks, and changes nothing. The button says yes to what the page shows, and to nothing that comes after. */
export function confirmPage(view: ConfirmView): string {
  const { language, email, account, now, hasUnsubscribed, isUnread = false } = view;
  const { ask, sure, again, button, unread, not } = words[language];
  return plainPage(
    language,
    ask,
    html`<p class="lede">${sure(masked(email), account)}</p>
${hasUnsubscribed && html`<p>${again}</p>`}
${isUnread && html`<p role="status">${unread}</p>`}
<form method="post"><input type="hidden" name="seen" value="${new Date(now).toISOString()}">
<button class="button primary" type="submit">${button}</button></form>
<p class="faint">${not}</p>`,
  );
}

export function confirmedPage({ language, email }: ConfirmView): string {
  const { done, welcome } = words[language];
  return plainPage(language, done, html`<p class="lede">${welcome(masked(email))}</p>`);
}

/** They said yes, and still we may not: their mailbox or a complaint of theirs says no. */
export function blockedPage({ language, email, replyTo }: ConfirmView): string {
  const { blocked, why, mend } = words[language];
  return plainPage(
    language,
    blocked,
    html`<p class="lede">${why(masked(email))}</p>
<p>${mend(replyTo)}</p>`,
  );
}
