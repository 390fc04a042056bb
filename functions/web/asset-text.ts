import type { Language } from './language.ts';

interface AssetText {
  readonly intro: string;
  readonly points: readonly (readonly [heading: string, text: string])[];
  readonly next: string;
}

/** What the demo's downloads say: short, and true. */
export const assetText: Readonly<Record<Language, AssetText>> = {
  en: {
    intro: 'Most teams do not lack leads. They lack a way to tell, today, which five of them to call.',
    points: [
      ['Count what people do.', 'A look at the prices says more than a job title.'],
      ['Write down why.', 'A score nobody can explain is a score nobody uses.'],
      ['Hand over at a number.', 'Below it marketing writes, above it sales calls. No meeting needed.'],
      ['Answer in minutes.', 'Whoever asks to talk is the hottest lead you will see all day.'],
      ['Look at one page a day.', 'How many came, how many ripened, where they got lost.'],
    ],
    next: 'The fastest way to see whether this fits you is to try it with your own leads.',
  },
  'pt-BR': {
    intro: 'A maioria das equipes não sente falta de leads. Falta saber, hoje, para quais cinco ligar.',
    points: [
      ['Conte o que as pessoas fazem.', 'Uma visita aos preços diz mais do que um cargo.'],
      ['Anote o motivo.', 'Uma pontuação que ninguém explica é uma pontuação que ninguém usa.'],
      ['Repasse em um número.', 'Abaixo dele o marketing escreve, acima dele vendas liga. Sem reunião.'],
      ['Responda em minutos.', 'Quem pede para conversar é o lead mais quente do dia.'],
      ['Olhe uma página por dia.', 'Quantos vieram, quantos amadureceram, onde se perderam.'],
    ],
    next: 'O jeito mais rápido de saber se serve para você é testar com os seus próprios leads.',
  },
};
