import type { PrivateLink } from '../leads/private-link.ts';

/** What a sentence takes from an activity. */
interface Reading {
  /** A property's text, cut; empty where there is none. */
  readonly text: (property: string) => string;
  /** Where a property leads. `named`: what to call a link that acts for whoever holds it, which is never shown. */
  readonly place: (property: string, named: Readonly<Record<PrivateLink, string>>) => string;
}

/** What a lead did, in Brazilian Portuguese; `undefined` for what has no words of its own. */
export function inPortuguese(type: string, { text, place }: Reading): string | undefined {
  const where = (property: string) => place(property, privateLinks);
  switch (type) {
    case 'form.submitted':
      return text('form') === '' ? 'preencheu um formulário no nosso site' : `preencheu o formulário “${text('form')}”`;
    case 'page.viewed':
      return `viu ${where('path') || where('url') || 'uma página'}`;
    case 'email.clicked':
      return `clicou em ${where('link') || 'um link'} num e-mail`;
    case 'email.replied':
      return text('from') === 'other' ? 'outra pessoa respondeu a um e-mail para ela' : 'respondeu a um e-mail';
    case 'appointment.booked':
      return text('form') === '' ? 'marcou um compromisso' : 'pediu uma consultoria';
    case 'score.adjusted':
      return `ajustado por ${text('author') || 'alguém'}: ${text('reason')}`;
    case 'email.suppressed':
      return `está numa lista importada de quem não deve receber e-mails (${text('reason')})`;
    case 'consent.changed':
      return `disse ${text('status') === 'granted' ? 'sim' : 'não'} a ${purposes[text('purpose')] ?? text('purpose')}`;
    case 'language.changed':
      return `quer nossos e-mails em ${text('language')}`;
    default:
      return sentences[type];
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

const sentences: Readonly<Record<string, string>> = {
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
  'appointment.moved': 'mudou a data de um compromisso',
  'trial.started': 'iniciou o teste gratuito',
  'chat.started': 'iniciou uma conversa',
  'account.registered': 'criou uma conta',
  'account.activated': 'ativou a conta',
  'account.cancelled': 'cancelou a conta',
  'deal.won': 'comprou',
  'deal.lost': 'não comprou',
  'handoff.accepted': 'foi aceito por vendas',
  'handoff.rejected': 'foi recusado por vendas',
  'handoff.contacted': 'falou com vendas',
  'handoff.meeting': 'tem reunião com vendas',
  'handoff.recycled': 'voltou para a nutrição',
  'audience.joined': 'entrou num público de anúncios',
  'visitor.identified': 'disse quem é',
  'address.changed': 'tem um novo endereço de e-mail',
};
