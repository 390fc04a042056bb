import type { Leak, UnderWay } from '../handoff/leaks.ts';
import type { Milestone } from '../leads/lead.ts';
import type { Language } from './language.ts';

const english = {
  refused:
    'Choose at most 31 days that have begun, and at least one day without follow-up. These are the last 31 days.',
  title: 'Leaks',
  lede: 'Where leads are lost on their way, and why: each of them counted once, under the first cause that is so.',
  metrics: 'Metrics',
  from: 'From',
  to: 'To',
  became: 'Who became',
  should: 'and should become',
  noFollowUp: 'Days without follow-up',
  show: 'Show',
  last: 'The last 31 days',
  before: 'The 31 days before',
  stages: {
    ...{ lead: 'a lead', iql: 'an IQL', mql: 'an MQL', sql: 'an SQL', trial: 'a trial user' },
    ...{ opportunity: 'an opportunity', customer: 'a customer' },
  } satisfies Record<Milestone, string>,
  causes: {
    rejected: 'Sales rejected them',
    lost: 'The deal was lost',
    'no-follow-up': 'Sales did not follow up',
    recycled: 'Sales gave them back to nurture',
    'no-engagement': 'They showed no interest for 30 days',
    'no-pricing': 'They never looked at the prices',
    stopped: 'They looked at the prices, and went no further',
  } satisfies Record<Leak, string>,
  underWay: { 'with-sales': 'Sales has them', young: 'Too early to say: under 30 days' } satisfies Record<
    UnderWay,
    string
  >,
  biggest: 'The biggest leak:',
  ofAll: (count: string, of: string, percent: string) => `${count} of ${of} (${percent})`,
  noLeak: 'No leak: nobody of them was lost.',
  reached: 'Became',
  wentOn: 'Went on',
  leaked: 'Leaked',
  waiting: 'Still under way',
  chart: 'Why they went no further',
  causesAndPeople: 'Cause by cause',
  cause: 'Cause',
  leads: 'Leads',
  part: 'Share',
  examples: 'For example',
  notLost: 'Not lost yet',
  nobody: 'Nobody in these days',
  nobodyYet: (stage: string) => `Nobody became ${stage} in these days. Choose others, or an earlier step.`,
  foot: (days: number) =>
    `In the order of the causes: what sales said comes first, then that nothing was done for ${days} days, then what the lead did. Erased people are not in it.`,
};

/** The words of the leak report. */
export const leaksText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    refused:
      'Escolha no máximo 31 dias que já começaram, e ao menos um dia sem acompanhamento. Estes são os últimos 31 dias.',
    title: 'Vazamentos',
    lede: 'Onde os leads se perdem no caminho, e por quê: cada um conta uma vez, na primeira causa que vale.',
    metrics: 'Métricas',
    from: 'De',
    to: 'Até',
    became: 'Quem se tornou',
    should: 'e deveria se tornar',
    noFollowUp: 'Dias sem acompanhamento',
    show: 'Mostrar',
    last: 'Os últimos 31 dias',
    before: 'Os 31 dias anteriores',
    stages: {
      ...{ lead: 'lead', iql: 'IQL', mql: 'MQL', sql: 'SQL', trial: 'usuário em teste' },
      ...{ opportunity: 'oportunidade', customer: 'cliente' },
    },
    causes: {
      rejected: 'Vendas recusou',
      lost: 'O negócio foi perdido',
      'no-follow-up': 'Vendas não acompanhou',
      recycled: 'Vendas devolveu para nutrição',
      'no-engagement': 'Não mostraram interesse por 30 dias',
      'no-pricing': 'Nunca viram os preços',
      stopped: 'Viram os preços e não foram adiante',
    },
    underWay: { 'with-sales': 'Estão com vendas', young: 'Cedo para dizer: menos de 30 dias' },
    biggest: 'O maior vazamento:',
    ofAll: (count, of, percent) => `${count} de ${of} (${percent})`,
    noLeak: 'Nenhum vazamento: ninguém deles se perdeu.',
    reached: 'Chegaram',
    wentOn: 'Seguiram',
    leaked: 'Vazaram',
    waiting: 'Em andamento',
    chart: 'Por que não foram adiante',
    causesAndPeople: 'Causa por causa',
    cause: 'Causa',
    leads: 'Leads',
    part: 'Parcela',
    examples: 'Por exemplo',
    notLost: 'Ainda não perdidos',
    nobody: 'Ninguém nestes dias',
    nobodyYet: (stage) => `Ninguém se tornou ${stage} nestes dias. Escolha outros, ou uma etapa anterior.`,
    foot: (days) =>
      `Na ordem das causas: primeiro o que vendas disse, depois que nada foi feito por ${days} dias, depois o que o lead fez. Pessoas apagadas não estão aqui.`,
  },
};
