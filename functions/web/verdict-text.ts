import type { Verdict } from '../leads/activity.ts';
import type { Language } from './language.ts';
import type { Tone } from './parts.ts';

/** Who opened or clicked, as a badge says it. */
export const verdictText: Readonly<
  Record<Language, Readonly<Record<Verdict['by'], readonly [text: string, tone: Tone]>>>
> = {
  en: {
    human: ['A person', 'good'],
    machine: ['A machine, so no points', 'plain'],
    unsure: ['Perhaps a machine, so no points yet', 'careful'],
  },
  'pt-BR': {
    human: ['Uma pessoa', 'good'],
    machine: ['Uma máquina: sem pontos', 'plain'],
    unsure: ['Talvez uma máquina: ainda sem pontos', 'careful'],
  },
};

/** The reasons stand in the ledger in English (verdict.ts and click-signs.ts of scoring); what is not known here stays so. */
const inPortuguese: readonly (readonly [RegExp, string])[] = [
  [/^they then read the page$/, 'depois leu a página'],
  [/^no sign of a machine$/, 'nenhum sinal de máquina'],
  [/^SES says a bot is unlikely$/, 'o SES diz que um robô é improvável'],
  [/^SES says a bot is likely$/, 'o SES diz que um robô é provável'],
  [/^clicked before it was delivered$/, 'clique antes da entrega'],
  [/^clicked (\S+) s after delivery$/, 'clique $1 s após a entrega'],
  [/^clicked (\S+) s after it was sent$/, 'clique $1 s após o envio'],
  [/^(\d+) different links or more within (\S+) s$/, '$1 links diferentes ou mais em $2 s'],
  [/^a link that only machines meet was followed$/, 'seguiu um link que só máquinas encontram'],
  [/^somebody else clicked the same link (\S+) s before$/, 'outro clicou no mesmo link $1 s antes'],
  [/^no user agent$/, 'sem agente de usuário'],
  [/^the user agent of a privacy prefetch$/, 'agente de uma pré-carga de privacidade'],
  [/^the user agent of a Gmail prefetch$/, 'agente da pré-carga do Gmail'],
  [/^the user agent of a scanner on our list$/, 'agente de um verificador da nossa lista'],
  [/^the user agent of a known scanner$/, 'agente de um verificador conhecido'],
];

export function reasonText(reason: string, language: Language): string {
  const [pattern, words] = (language === 'en' ? undefined : inPortuguese.find(([each]) => each.test(reason))) ?? [];
  return pattern && words !== undefined ? reason.replace(pattern, words) : reason;
}
