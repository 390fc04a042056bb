import { sentenceOf } from '../handoff/activity-sentence.ts';
import type { Activity } from '../leads/activity.ts';
import { splitLinkId } from '../leads/link-id.ts';
import { type PrivateLink, privateLink } from '../leads/private-link.ts';
import type { Language } from './language.ts';
import { messageName } from './message-name.ts';

/** What Ripen did is told as such; what the lead did, in the words the rep gets too. The lead typed some of it: escape it. */
export function activityText(activity: Activity, language: Language): string {
  const shown = withoutLinkId(activity);
  const message = messageName(propertyOf(activity, 'template'), language);
  if (language !== 'en') return inPortuguese(shown, message);
  if (activity.type === 'email.sent') return `we sent ${message}`;
  if (activity.type === 'email.delivered') return `${message} reached their mailbox`;
  // A form only asks for a time: nobody has put one into a calendar yet.
  if (activity.type === 'appointment.booked' && isByForm(activity)) return 'asked for a consultation';
  return sentenceOf(shown);
}

/** Text of a property, or nothing. */
export function propertyOf({ properties }: Pick<Activity, 'properties'>, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

/** Which link it was says its address; whose it was says nothing to a reader. */
function withoutLinkId(activity: Activity): Activity {
  const { link } = splitLinkId(propertyOf(activity, 'link'));
  return link === '' ? activity : { ...activity, properties: { ...activity.properties, link } };
}

function isByForm(activity: Activity): boolean {
  return activity.source === 'form' || propertyOf(activity, 'form') !== '';
}

function inPortuguese(activity: Activity, message: string): string {
  const text = (name: string) => propertyOf(activity, name).slice(0, 200);
  const place = (name: string) => {
    const kind = privateLink(propertyOf(activity, name));
    return kind ? privateLinks[kind] : text(name);
  };
  switch (activity.type) {
    case 'email.sent':
      return `enviamos ${message}`;
    case 'email.delivered':
      return `${message} chegou à caixa postal`;
    case 'form.submitted':
      return text('form') === '' ? 'preencheu um formulário no nosso site' : `preencheu o formulário “${text('form')}”`;
    case 'page.viewed':
      return `viu ${place('path') || place('url') || 'uma página'}`;
    case 'email.clicked':
      return `clicou em ${place('link') || 'um link'} num e-mail`;
    case 'email.replied':
      return text('from') === 'other' ? 'outra pessoa respondeu a um e-mail para ela' : 'respondeu a um e-mail';
    case 'appointment.booked':
      return isByForm(activity) ? 'pediu uma consultoria' : 'marcou um compromisso';
    case 'score.adjusted':
      return `ajustado por ${text('author') || 'alguém'}: ${text('reason')}`;
    case 'email.suppressed':
      return `está numa lista importada de quem não deve receber e-mails (${text('reason')})`;
    case 'consent.changed':
      return `disse ${text('status') === 'granted' ? 'sim' : 'não'} a ${purposes[text('purpose')] ?? text('purpose')}`;
    case 'language.changed':
      return `quer nossos e-mails em ${text('language')}`;
    default:
      return portuguese[activity.type] ?? activity.type.replaceAll(/[.-]/g, ' ');
  }
}

const privateLinks: Readonly<Record<PrivateLink, string>> = {
  confirmation: 'seu link de confirmação',
  preferences: 'seu link de preferências',
  unsubscribe: 'seu link de cancelamento',
};

const purposes: Readonly<Record<string, string>> = {
  marketing: 'e-mail de marketing',
  'sales-contact': 'contato de vendas',
  tracking: 'registro de aberturas e cliques',
};

const portuguese: Readonly<Record<string, string>> = {
  'email.opened': 'abriu um e-mail',
  'email.reply-unverified': 'parece ter respondido a um e-mail; não há prova de que foi a própria pessoa',
  'email.delayed': 'ainda não recebeu um e-mail: o servidor de e-mail o faz esperar',
  'email.rejected': 'não recebeu um e-mail: o SES o recusou',
  'email.rendering-failed': 'não recebeu um e-mail: o modelo falhou',
  'email.bounced': 'não pôde ser alcançado por e-mail',
  'email.complained': 'marcou um e-mail como spam',
  'email.unsubscribed': 'cancelou a assinatura',
  'list.subscribed': 'assinou a lista',
  'appointment.cancelled': 'cancelou um compromisso',
  'trial.started': 'iniciou o teste gratuito',
  'chat.started': 'iniciou uma conversa',
  'account.registered': 'criou uma conta',
  'account.activated': 'ativou a conta',
  'account.cancelled': 'cancelou a conta',
  'deal.won': 'comprou',
  'address.changed': 'tem um novo endereço de e-mail',
};
