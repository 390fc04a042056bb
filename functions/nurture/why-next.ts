import type { Spoken } from './duration-text.ts';
import type { Because } from './enrollment.ts';
import { letsThrough, type SendingSwitch } from './sending-switch.ts';

/** Why a walk is not further yet; `let-go`: it was paused, and the pause is over, which the walk has not seen yet. */
export type WhyNot = Because | 'let-go';

/** Why not before, given whether mail goes by now: what was held learns only at its next look that it may. */
export function whyNot(
  { because, sequence }: { readonly because: Because | null; readonly sequence: string },
  sendingSwitch: Pick<SendingSwitch, 'paused' | 'sequences'>,
): WhyNot | null {
  const isOver = because === 'paused' && letsThrough(sendingSwitch, { purpose: 'marketing', sequence });
  return isOver ? 'let-go' : because;
}

/** Why a walk is not further yet, as a sentence without its instant: that stands beside it. */
export function whyNext(because: WhyNot | null, language: Spoken): string {
  return because === null ? atOnce[language] : sentences[language][because];
}

const atOnce: Readonly<Record<Spoken, string>> = {
  en: 'It is on its way.',
  'pt-BR': 'Está a caminho.',
};

const sentences: Readonly<Record<Spoken, Readonly<Record<WhyNot, string>>>> = {
  en: {
    wait: 'The sequence waits here, as it was written.',
    'wait-for': 'It waits for something they may do, and goes on without it after that.',
    'quiet-hours': 'It is night where they are: no marketing e-mail goes then.',
    'send-day': 'No marketing e-mail goes on this day of the week where they are.',
    'daily-cap': 'They have had as many marketing e-mails today as a lead gets.',
    'weekly-cap': 'They have had as many marketing e-mails this week as a lead gets.',
    priority: 'A sequence of higher priority is under way with them and goes first.',
    'daily-quota': 'The mail provider takes no more today.',
    'warm-up': 'The domain is new and sends a little more each day: today’s share is used up.',
    'quota-unknown': 'The mail provider does not say how much it takes today: nothing goes until it does.',
    rate: 'The mail provider takes only so many a second: it is the next one’s turn.',
    paused: 'Somebody has paused sending. It goes on when they let it.',
    'let-go': 'Sending was paused and has been let go again: it goes on at its next look, which is then.',
  },
  'pt-BR': {
    wait: 'A sequência espera aqui, como foi escrita.',
    'wait-for': 'Espera por algo que a pessoa pode fazer; depois disso segue sem isso.',
    'quiet-hours': 'É noite onde a pessoa está: nenhum e-mail de marketing sai a essa hora.',
    'send-day': 'Nenhum e-mail de marketing sai neste dia da semana onde a pessoa está.',
    'daily-cap': 'A pessoa já recebeu hoje o máximo de e-mails de marketing.',
    'weekly-cap': 'A pessoa já recebeu nesta semana o máximo de e-mails de marketing.',
    priority: 'Uma sequência de maior prioridade está em andamento com a pessoa e vai primeiro.',
    'daily-quota': 'O provedor não aceita mais mensagens hoje.',
    'warm-up': 'O domínio é novo e envia um pouco mais a cada dia: a cota de hoje acabou.',
    'quota-unknown': 'O provedor não diz quanto aceita hoje: nada sai até que diga.',
    rate: 'O provedor aceita um número limitado por segundo: espera a vez.',
    paused: 'Alguém pausou o envio. Continua quando for liberado.',
    'let-go': 'O envio estava pausado e foi liberado: continua quando olhar de novo, que é então.',
  },
};
