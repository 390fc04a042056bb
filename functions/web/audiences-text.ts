import type { Platform } from '../handoff/audience-file.ts';
import type { Verdict } from '../leads/interval.ts';
import type { LeadType } from '../leads/lead-type.ts';
import type { Language } from './language.ts';

/** Names of the trade, the same in every language. */
export const platformNames: Readonly<Record<Platform, string>> = {
  meta: 'Facebook + Instagram',
  google: 'Google + YouTube',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
};

const english = {
  title: 'Audiences',
  lede: 'Leads who took no next step, as files for the platforms on which you show them advertisements.',
  none: 'No audiences in the playbook',
  noneYet: 'Write one under audiences in playbook/follow-up.yaml, and name it in a follow-up of the kind re-engage.',
  seeLeads: 'See the leads',
  nobody: 'Nobody is in it yet.',
  joins: (type: string, time: string) => `${type} who take no next step join ${time} after they became one.`,
  joinsNobody: 'No follow-up of the playbook puts anybody into it.',
  types: { iql: 'IQLs', mql: 'MQLs', sql: 'SQLs', trial: 'Trial users' } satisfies Record<LeadType, string>,
  now: (many: number, count: string) => `${count} ${many === 1 ? 'lead' : 'leads'} in it now`,
  variant: 'Variant',
  share: 'Share',
  members: 'In it now',
  ever: 'Joined so far',
  converted: 'Took a next step',
  rate: 'Of those who joined',
  difference: 'Against the first',
  comparedWith: 'the others are compared with this one',
  verdicts: {
    better: 'better',
    worse: 'worse',
    'no difference seen': 'no difference seen',
    'not enough data': 'not enough data',
  } satisfies Record<Verdict, string>,
  intervals: 'Shares with their 95 % intervals. A verdict needs 100 leads in both variants.',
  counts: (steps: string) =>
    `Whoever has ${steps} took a next step. Each lead counts once, with what they did after they joined.`,
  or: 'or',
  download: 'Files',
  everybody: 'Everybody',
  fileOf: (platform: string, variant: string) => `File for ${platform}, ${variant}`,
  consent: 'Who may be shown advertisements is asked at the moment you fetch a file.',
  consentWhy:
    'Only who permits marketing is in it: nobody who has unsubscribed, complained, been erased, bought, or is talking to sales. Fetch it again before each campaign, and replace the list there: platforms do not forget by themselves.',
  hashed:
    'E-mail addresses and phones are hashed (SHA-256) as each platform asks. Instagram takes the file for Facebook, YouTube that for Google.',
  large: (count: string) => `More than ${count} leads: fetch the file in parts by its API (docs/audiences.md).`,
};

/** The words of the page about audiences. */
export const audiencesText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Públicos',
    lede: 'Leads que não deram um próximo passo, em arquivos para as plataformas em que você mostra anúncios a eles.',
    none: 'Nenhum público no playbook',
    noneYet: 'Escreva um em audiences, no playbook/follow-up.yaml, e cite-o em um acompanhamento do tipo re-engage.',
    seeLeads: 'Ver os leads',
    nobody: 'Ninguém está nele ainda.',
    joins: (type, time) => `${type} que não dão um próximo passo entram ${time} depois de se tornarem um.`,
    joinsNobody: 'Nenhum acompanhamento do playbook põe alguém nele.',
    types: { iql: 'IQLs', mql: 'MQLs', sql: 'SQLs', trial: 'Usuários em teste' },
    now: (many, count) => `${count} ${many === 1 ? 'lead' : 'leads'} nele agora`,
    variant: 'Variante',
    share: 'Parcela',
    members: 'Nele agora',
    ever: 'Entraram até hoje',
    converted: 'Deram um próximo passo',
    rate: 'Dos que entraram',
    difference: 'Contra a primeira',
    comparedWith: 'as outras são comparadas com esta',
    verdicts: {
      better: 'melhor',
      worse: 'pior',
      'no difference seen': 'nenhuma diferença vista',
      'not enough data': 'dados insuficientes',
    },
    intervals: 'Parcelas com seus intervalos de 95 %. Um veredito pede 100 leads nas duas variantes.',
    counts: (steps) =>
      `Quem tiver ${steps} deu um próximo passo. Cada lead conta uma vez, com o que fez depois de entrar.`,
    or: 'ou',
    download: 'Arquivos',
    everybody: 'Todos',
    fileOf: (platform, variant) => `Arquivo para ${platform}, ${variant}`,
    consent: 'Quem pode ver anúncios é verificado no momento em que você baixa um arquivo.',
    consentWhy:
      'Só entra quem permite marketing: ninguém que cancelou, reclamou, foi apagado, comprou ou está falando com vendas. Baixe de novo antes de cada campanha e substitua a lista lá: as plataformas não esquecem sozinhas.',
    hashed:
      'E-mails e telefones vão com hash (SHA-256), como cada plataforma pede. O Instagram usa o arquivo do Facebook, e o YouTube o do Google.',
    large: (count) => `Mais de ${count} leads: baixe o arquivo em partes pela API (docs/audiences.md).`,
  },
};
