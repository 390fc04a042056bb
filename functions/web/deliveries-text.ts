import type { DeliveryStatus } from '../handoff/delivery.ts';
import type { Language } from './language.ts';

/** What a notice is about; a webhook is called by its type. */
const notices: Readonly<Record<string, string>> = {
  'hot-lead': 'A lead is theirs',
  noted: 'News of a lead',
  gone: 'A lead has gone on',
};

const english = {
  title: 'Deliveries',
  lede: 'What Slack, Microsoft Teams and other systems were told of hand-offs, call by call.',
  handoffs: 'Hand-offs',
  status: 'Status',
  endpoint: 'Endpoint',
  every: 'All',
  show: 'Show',
  next: 'Earlier ones',
  pages: 'Pages',
  statuses: { pending: 'under way', delivered: 'delivered', failed: 'given up' } satisfies Record<
    DeliveryStatus,
    string
  >,
  notices,
  to: 'to',
  of: 'of',
  attempts: 'Calls',
  noCalls: 'Not called yet.',
  took: (ms: string) => `${ms} ms`,
  nextCall: 'Next call',
  sentAgain: (times: number, count: string) => (times === 1 ? 'sent again once' : `sent again ${count} times`),
  /** What they answered when it arrived. */
  arrived: (status: number) => `They took it (${status}).`,
  sent: 'What was sent',
  id: 'webhook-id',
  replay: 'Send again',
  replayOf: (what: string, lead: string) => `Send again: ${what}, ${lead}`,
  noneSuch: 'No such deliveries',
  noneSuchYet: 'None has this status and this endpoint.',
  seeAll: 'See all',
  none: 'Nobody has been told of anything yet',
  noneYet: 'To tell a CRM of every hand-off, name it in playbook/team.yaml:',
  yaml: 'Webhooks of the playbook',
  secret: 'Its address, and the key that signs what goes there, are a secret. Put both into the secret Channels:',
  json: 'The secret with the addresses',
  local: 'On this machine nobody is called: every call is kept, and shown in the inbox.',
  more: 'docs/webhooks.md tells the rest: what is sent, how to verify it, and when it is tried again.',
};

/** The words of the log of calls to other systems. */
export const deliveriesText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Entregas',
    lede: 'O que o Slack, o Microsoft Teams e outros sistemas souberam dos repasses, chamada por chamada.',
    handoffs: 'Repasses',
    status: 'Situação',
    endpoint: 'Destino',
    every: 'Todos',
    show: 'Mostrar',
    next: 'Anteriores',
    pages: 'Páginas',
    statuses: { pending: 'em andamento', delivered: 'entregue', failed: 'desistimos' },
    notices: {
      'hot-lead': 'Um lead é seu',
      noted: 'Novidade de um lead',
      gone: 'Um lead seguiu adiante',
    },
    to: 'para',
    of: 'de',
    attempts: 'Chamadas',
    noCalls: 'Ainda não chamado.',
    took: (ms) => `${ms} ms`,
    nextCall: 'Próxima chamada',
    sentAgain: (times, count) => (times === 1 ? 'reenviado uma vez' : `reenviado ${count} vezes`),
    arrived: (status) => `Receberam (${status}).`,
    sent: 'O que foi enviado',
    id: 'webhook-id',
    replay: 'Enviar de novo',
    replayOf: (what, lead) => `Enviar de novo: ${what}, ${lead}`,
    noneSuch: 'Nenhuma entrega assim',
    noneSuchYet: 'Nenhuma tem esta situação e este destino.',
    seeAll: 'Ver todas',
    none: 'Ninguém soube de nada ainda',
    noneYet: 'Para contar cada repasse a um CRM, cite-o em playbook/team.yaml:',
    yaml: 'Webhooks do playbook',
    secret: 'O endereço, e a chave que assina o que vai para lá, são um segredo. Ponha os dois no segredo Channels:',
    json: 'O segredo com os endereços',
    local: 'Nesta máquina ninguém é chamado: cada chamada é guardada e mostrada na caixa de entrada.',
    more: 'O docs/webhooks.md conta o resto: o que é enviado, como verificar e quando se tenta de novo.',
  },
};
