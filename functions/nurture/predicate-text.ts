import type { Test } from '../leads/condition.ts';
import { durationText, type Spoken } from './duration-text.ts';
import type { Happening, Predicate } from './predicate.ts';

/** A question to a lead as people ask it, in the past perfect so that it also stands in a sentence: `has seen a page`. */
export function predicateText(predicate: Predicate, language: Spoken): string {
  const text = words[language];
  if ('all' in predicate) return predicate.all.map((each) => inside(each, language)).join(text.and);
  if ('any' in predicate) return predicate.any.map((each) => inside(each, language)).join(text.or);
  if ('not' in predicate) return text.not(inside(predicate.not, language));
  if ('milestone' in predicate) return text.milestone(text.milestones[predicate.milestone]);
  if ('rating' in predicate) return text.rating(text.ratings[predicate.rating]);
  if ('score' in predicate) return `${text.score} ${testText(predicate.score, language)}`;
  if ('language' in predicate) return text.speaks(predicate.language);
  if ('attribute' in predicate) return `${nameOf(predicate.attribute)} ${testText(predicate.is, language)}`;
  const { within, atLeast, atMost } = predicate;
  const isNever = atMost === 0;
  const done = happeningText(predicate, language);
  const times = isNever ? '' : timesText(atLeast, atMost, language);
  const since = within === undefined ? '' : text.since(durationText(within, language));
  return `${isNever ? text.hasNot : text.has} ${done}${times}${since}`;
}

/** What they may do, as a participle: `opened an e-mail`, `filled in a form where form is one of ebook, checklist`. */
export function happeningText({ activity, where }: Happening, language: Spoken): string {
  const text = words[language];
  const done: Readonly<Record<string, string>> = text.activities;
  const conditions = Object.entries(where).map(([name, wanted]) => {
    if (Array.isArray(wanted)) return `${nameOf(name)} ${testText({ oneOf: wanted }, language)}`;
    return `${nameOf(name)} ${testText(typeof wanted === 'object' ? wanted : { equals: wanted }, language)}`;
  });
  const said = done[activity] ?? `“${activity}”`;
  return conditions.length === 0 ? said : `${said} (${conditions.join(', ')})`;
}

/** A part of a longer question stands in brackets when it is one of several parts itself. */
function inside(predicate: Predicate, language: Spoken): string {
  const text = predicateText(predicate, language);
  return 'all' in predicate || 'any' in predicate ? `(${text})` : text;
}

function timesText(atLeast: number, atMost: number | undefined, language: Spoken): string {
  const { atLeastTimes, atMostTimes } = words[language];
  return `${atLeast > 1 ? atLeastTimes(atLeast) : ''}${atMost === undefined ? '' : atMostTimes(atMost)}`;
}

function testText(test: Test, language: Spoken): string {
  const { tests } = words[language];
  if ('oneOf' in test) return `${tests.oneOf} ${test.oneOf.join(', ')}`;
  if ('noneOf' in test) return `${tests.noneOf} ${test.noneOf.join(', ')}`;
  if ('exists' in test) return test.exists ? tests.known : tests.unknown;
  if ('between' in test) return `${tests.between} ${test.between.join(' – ')}`;
  if ('inNextDays' in test) return tests.inNextDays(test.inNextDays);
  if ('inLastDays' in test) return tests.inLastDays(test.inLastDays);
  const [operator = '', value = ''] = Object.entries(test)[0] ?? [];
  const named: Readonly<Record<string, string>> = tests.named;
  return `${named[operator] ?? operator} ${value}`;
}

function nameOf(name: string): string {
  return name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

const words = {
  en: {
    and: ' and ',
    or: ' or ',
    not: (text: string) => `not: ${text}`,
    has: 'has',
    hasNot: 'has not',
    since: (time: string) => ` in the last ${time}`,
    atLeastTimes: (count: number) => ` ${count} times or more`,
    atMostTimes: (count: number) => `, at most ${count} times`,
    milestone: (name: string) => `is ${name}`,
    milestones: {
      ...{ lead: 'a lead', iql: 'an information-qualified lead', mql: 'a marketing-qualified lead' },
      ...{ sql: 'a sales-qualified lead', trial: 'in the trial', customer: 'a customer' },
    },
    rating: (rating: string) => `is ${rating}`,
    ratings: { hot: 'hot', warm: 'warm', cold: 'cold' },
    score: 'score is',
    speaks: (language: string) => `reads ${language}`,
    tests: {
      ...{
        oneOf: 'is one of',
        noneOf: 'is none of',
        known: 'is known',
        unknown: 'is not known',
        between: 'is between',
      },
      inNextDays: (days: number) => `is in the next ${days} days`,
      inLastDays: (days: number) => `was in the last ${days} days`,
      named: {
        ...{ equals: 'is', notEquals: 'is not', startsWith: 'starts with', endsWith: 'ends with' },
        ...{ contains: 'contains', atLeast: 'at least', atMost: 'at most', above: 'above', below: 'below' },
        ...{ onOrAfter: 'is on or after', before: 'is before' },
      },
    },
    activities: {
      'form.submitted': 'filled in a form',
      'list.subscribed': 'subscribed',
      'page.viewed': 'seen a page',
      'email.sent': 'been sent an e-mail',
      'email.delivered': 'received an e-mail',
      'email.opened': 'opened an e-mail',
      'email.clicked': 'clicked a link in an e-mail',
      'email.replied': 'replied to an e-mail',
      'appointment.booked': 'booked an appointment',
      'appointment.cancelled': 'cancelled an appointment',
      'trial.started': 'started the trial',
      'chat.started': 'started a chat',
      'account.registered': 'made an account',
      'account.activated': 'activated the account',
      'account.cancelled': 'cancelled the account',
      'deal.won': 'bought',
    },
  },
  'pt-BR': {
    and: ' e ',
    or: ' ou ',
    not: (text: string) => `não: ${text}`,
    has: 'tem',
    hasNot: 'ainda não tem',
    since: (time: string) => ` nos últimos ${time}`,
    atLeastTimes: (count: number) => ` ${count} vezes ou mais`,
    atMostTimes: (count: number) => `, no máximo ${count} vezes`,
    milestone: (name: string) => `é ${name}`,
    milestones: {
      ...{
        lead: 'um lead',
        iql: 'um IQL',
        mql: 'um MQL',
        sql: 'um SQL',
        trial: 'usuário em teste',
        customer: 'cliente',
      },
    },
    rating: (rating: string) => `está ${rating}`,
    ratings: { hot: 'quente', warm: 'morno', cold: 'frio' },
    score: 'a pontuação é',
    speaks: (language: string) => `lê ${language}`,
    tests: {
      ...{ oneOf: 'é um de', noneOf: 'não é nenhum de', known: 'é conhecido', unknown: 'não é conhecido' },
      between: 'está entre',
      inNextDays: (days: number) => `está nos próximos ${days} dias`,
      inLastDays: (days: number) => `foi nos últimos ${days} dias`,
      named: {
        ...{ equals: 'é', notEquals: 'não é', startsWith: 'começa com', endsWith: 'termina com', contains: 'contém' },
        ...{ atLeast: 'no mínimo', atMost: 'no máximo', above: 'acima de', below: 'abaixo de' },
        ...{ onOrAfter: 'é em ou depois de', before: 'é antes de' },
      },
    },
    activities: {
      'form.submitted': 'preenchido um formulário',
      'list.subscribed': 'assinado a lista',
      'page.viewed': 'visto uma página',
      'email.sent': 'recebido de nós um e-mail',
      'email.delivered': 'um e-mail entregue',
      'email.opened': 'aberto um e-mail',
      'email.clicked': 'clicado num link de um e-mail',
      'email.replied': 'respondido a um e-mail',
      'appointment.booked': 'marcado um compromisso',
      'appointment.cancelled': 'cancelado um compromisso',
      'trial.started': 'iniciado o teste',
      'chat.started': 'iniciado uma conversa',
      'account.registered': 'criado uma conta',
      'account.activated': 'ativado a conta',
      'account.cancelled': 'cancelado a conta',
      'deal.won': 'comprado',
    },
  },
} as const;
