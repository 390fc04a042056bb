import type { Language } from './language.ts';

const words = {
  en: {
    none: 'an e-mail',
    step: (series: string, place: string) => `${series} e-mail ${place}`,
    other: (template: string) => `the e-mail “${template}”`,
    own: {
      asset: 'the promised link',
      confirm: 'the question whether the address is theirs',
      'channel-broken': 'the news of a channel that does not work',
      'handoff-news': 'the news of a lead with sales',
      'hot-lead': 'the news of a hot lead',
      reply: 'the news of a reply',
      'sending-paused': 'the news that sending is paused',
      'trial-upgrade-2-start': 'trial upgrade e-mail 2, for who has not begun',
      'webinar-invitation': 'the invitation to the webinar',
      'webinar-recording': 'the recording of the webinar',
    },
    series: { faq: 'FAQ', 'mql-follow-up': 'MQL follow-up', 're-engagement': 're-engagement' },
  },
  'pt-BR': {
    none: 'um e-mail',
    step: (series: string, place: string) => `o e-mail ${place} de ${series}`,
    other: (template: string) => `o e-mail “${template}”`,
    own: {
      asset: 'o link prometido',
      confirm: 'a pergunta se o endereço é da pessoa',
      'channel-broken': 'o aviso de um canal que não funciona',
      'handoff-news': 'o aviso sobre um lead repassado',
      'hot-lead': 'o aviso de um lead quente',
      reply: 'o aviso de uma resposta',
      'sending-paused': 'o aviso de que o envio está pausado',
      'trial-upgrade-2-start': 'o e-mail 2 do teste, para quem não começou',
      'webinar-invitation': 'o convite para o webinar',
      'webinar-recording': 'a gravação do webinar',
    },
    series: {
      ...{ welcome: 'boas-vindas', engagement: 'engajamento', 're-engagement': 'reengajamento', webinar: 'webinar' },
      ...{ 'case-study': 'estudo de caso', 'demo-invitation': 'convite para a demonstração', renewal: 'renovação' },
      ...{ faq: 'perguntas frequentes', 'mql-follow-up': 'acompanhamento de MQL', 'trial-upgrade': 'upgrade do teste' },
    },
  },
} as const;

/**
 * What people call a message by its template, inside a sentence: `the promised link`, `welcome e-mail 1`, `engagement e-mail 1b`; one that
 * the shipped playbook does not have is called by its own words.
 */
export function messageName(template: string, language: Language): string {
  const { none, step, other } = words[language];
  if (template === '') return none;
  const own = wordFor(template, words[language].own);
  if (own !== undefined) return own;
  const [, series, place] = /^(.+)-(\d+[a-z]?)$/.exec(template) ?? [];
  if (series === undefined || place === undefined) return other(spaced(template));
  return step(wordFor(series, words[language].series) ?? spaced(series), place);
}

function wordFor(name: string, of: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

function spaced(name: string): string {
  return name.replaceAll('-', ' ');
}
