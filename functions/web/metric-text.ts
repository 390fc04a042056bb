import { type MetricId, metricDefinitions } from '../metrics/metric.ts';
import type { Language } from './language.ts';

/** A metric's name, and how it is counted, in the reader's language. */
export function metricText(id: MetricId, language: Language): { readonly title: string; readonly formula: string } {
  const { title, formula } = language === 'en' ? metricDefinitions[id] : inPortuguese(id);
  return { title, formula: sameDayRates.has(id) ? `${formula}. ${whyAbove100[language]}` : formula };
}

/** Rates whose parts may be of different messages: a message opened today may have been delivered last week. */
const sameDayRates: ReadonlySet<MetricId> = new Set(['openRate', 'openRateRaw', 'clickRate', 'clickRateRaw']);

const whyAbove100: Readonly<Record<Language, string>> = {
  en: 'Each counts on the day it happens, also for messages delivered on earlier days, so a quiet day can show more than 100 %.',
  'pt-BR':
    'Cada um conta no dia em que acontece, também para mensagens entregues em dias anteriores: um dia calmo pode passar de 100 %.',
};

/** What keeps a rate from being read as a mistake: its two parts are of one day, and need not be of the same people. */
export function rateNote(id: MetricId, percent: number | null, language: Language): string | null {
  if (ofNewLeads.has(id)) return perNewLead[language];
  return percent !== null && percent > 100 ? notTheSame[language] : null;
}

/** Period versions, not cohorts: who became one today may have become a lead last week. */
const ofNewLeads: ReadonlySet<MetricId> = new Set(['leadToMqlRate', 'leadToSqlRate']);

const perNewLead: Readonly<Record<Language, string>> = {
  en: 'reached on this day, per new lead of this day: not the same people, so it may exceed 100 %',
  'pt-BR': 'alcançados neste dia, por novo lead deste dia: não as mesmas pessoas, por isso pode passar de 100 %',
};

const notTheSame: Readonly<Record<Language, string>> = {
  en: 'both of this day, not of the same cases; may exceed 100 %',
  'pt-BR': 'ambos deste dia, não dos mesmos casos; pode passar de 100 %',
};

function inPortuguese(id: MetricId): { readonly title: string; readonly formula: string } {
  const [title, formula] = portuguese[id];
  return { title, formula };
}

const portuguese: Readonly<Record<MetricId, readonly [title: string, formula: string]>> = {
  visitors: ['Visitantes', 'pessoas ou navegadores distintos com visita a uma página'],
  pageViews: ['Páginas vistas', 'páginas visitadas'],
  leadsNew: ['Novos leads', 'pessoas que se tornaram leads: cadastradas e aceitando contato'],
  leadsTotal: ['Leads até hoje', 'novos leads deste dia e de todos os anteriores'],
  leadsIql: ['Leads IQL', 'leads que pediram primeiro um material de topo de funil'],
  leadsMql: ['Leads MQL', 'leads que preencheram um formulário de solução e viram a página de preços'],
  leadsSql: ['Leads SQL', 'leads que pediram contato de vendas ou passaram do limite de pontos'],
  leadsTrial: ['Usuários em teste', 'leads que iniciaram o teste gratuito'],
  optInRate: ['Taxa de opt-in', 'novos leads ÷ visitantes × 100, no mesmo dia'],
  leadToMqlRate: ['De lead a MQL, no período', 'novos MQLs ÷ novos leads × 100, ambos deste dia (período, não coorte)'],
  leadToSqlRate: ['De lead a SQL, no período', 'novos SQLs ÷ novos leads × 100, ambos deste dia (período, não coorte)'],
  formsSubmitted: ['Formulários enviados', 'envios aceitos, inclusive repetidos'],
  submissionsWithoutConsent: [
    'Envios sem consentimento',
    'envios que não permitem marketing nem contato de vendas: guardados, não contados como leads, sem e-mails',
  ],
  handoffs: ['Repasses a vendas', 'leads entregues a um vendedor'],
  emailsSent: ['E-mails enviados', 'mensagens aceitas pelo provedor'],
  emailsDelivered: ['E-mails entregues', 'mensagens aceitas pelo servidor do destinatário'],
  emailsOpened: ['E-mails abertos', 'mensagens distintas abertas por uma pessoa'],
  emailsOpenedRaw: ['E-mails abertos, bruto', 'mensagens distintas abertas, inclusive por máquinas'],
  emailsClicked: ['E-mails clicados', 'mensagens distintas com clique de uma pessoa'],
  emailsClickedRaw: ['E-mails clicados, bruto', 'mensagens distintas com clique, inclusive de máquinas'],
  clicksTotal: ['Cliques', 'todos os cliques de pessoas'],
  clicksTotalRaw: ['Cliques, bruto', 'todos os cliques, inclusive de máquinas'],
  openRate: ['Taxa de abertura', 'mensagens abertas por uma pessoa ÷ entregues × 100, no mesmo dia'],
  openRateRaw: ['Taxa de abertura, bruta', 'mensagens abertas, inclusive por máquinas ÷ entregues × 100, no mesmo dia'],
  clickRate: ['Taxa de cliques', 'mensagens clicadas por uma pessoa ÷ entregues × 100, no mesmo dia'],
  clickRateRaw: [
    'Taxa de cliques, bruta',
    'mensagens clicadas, inclusive por máquinas ÷ entregues × 100, no mesmo dia',
  ],
  emailsBounced: ['E-mails devolvidos', 'mensagens devolvidas, em definitivo ou por ora'],
  emailsHardBounced: ['E-mails devolvidos em definitivo', 'mensagens devolvidas porque a caixa postal não existe'],
  emailsComplained: ['Reclamações', 'mensagens marcadas como spam'],
  unsubscribes: ['Cancelamentos', 'pessoas que saíram da lista'],
};
