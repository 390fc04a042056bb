import type { Language } from './language.ts';

interface StepText {
  readonly title: string;
  readonly text: string;
  readonly link: string;
}

const english = {
  trial: {
    title: 'Fill in the trial form',
    text: 'Be a lead for a minute, and tick the box.',
    link: 'Open the form',
  },
  score: {
    title: 'See the score and why',
    text: '30 points: subscribed to the list, started the trial.',
    link: 'The lead',
  },
  email: {
    title: 'Open the e-mail, click its link',
    text: 'Move the clock on by 10 seconds first: a click right after delivery looks like a machine.',
    link: 'Local inbox',
  },
  prices: { title: 'Look at the prices', text: 'Ten points, and a buying signal.', link: 'Pricing page' },
  rep: {
    title: 'See which rep got the lead',
    text: '55 points pass the threshold of 50. The rep has an e-mail with the reasons.',
    link: 'Hand-offs',
  },
  figures: { title: 'See the day’s figures', text: 'They are counted every minute.', link: 'Metrics' },
} satisfies Record<string, StepText>;

/** The words of the walk from a landing page to the day's figures. */
export const walkText: Readonly<Record<Language, Record<keyof typeof english, StepText>>> = {
  en: english,
  'pt-BR': {
    trial: {
      title: 'Preencha o formulário de teste',
      text: 'Seja um lead por um minuto, e marque a caixa.',
      link: 'Abrir o formulário',
    },
    score: {
      title: 'Veja os pontos e o porquê',
      text: '30 pontos: entrou na lista, iniciou o teste.',
      link: 'O lead',
    },
    email: {
      title: 'Abra o e-mail e clique no link',
      text: 'Antes, adiante o relógio 10 segundos: um clique logo depois da entrega parece de máquina.',
      link: 'Caixa de entrada local',
    },
    prices: { title: 'Veja os preços', text: 'Dez pontos, e um sinal de compra.', link: 'Página de preços' },
    rep: {
      title: 'Veja qual vendedor recebeu o lead',
      text: '55 pontos passam do limite de 50. O vendedor recebe um e-mail com os motivos.',
      link: 'Repasses',
    },
    figures: { title: 'Veja os números do dia', text: 'São contados a cada minuto.', link: 'Métricas' },
  },
};
