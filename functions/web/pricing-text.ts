import type { Language } from './language.ts';

interface Plan {
  readonly name: string;
  readonly price: string;
  readonly per: string;
  readonly points: readonly string[];
  readonly chosen: boolean;
}

interface PricingText {
  readonly title: string;
  readonly pitch: string;
  readonly tryIt: string;
  readonly talk: string;
  readonly plans: readonly Plan[];
}

/** The made-up company's made-up prices. */
export const pricingText: Readonly<Record<Language, PricingText>> = {
  en: {
    title: 'One price for the whole team',
    pitch: 'Start free for fourteen days. Stay because it helps, leave in two clicks.',
    tryIt: 'Start the free trial',
    talk: 'Talk to somebody',
    plans: [
      {
        name: 'Seed',
        price: 'R$ 0',
        per: 'a month',
        points: ['2 people', '200 contacts', 'Answers within three days'],
        chosen: false,
      },
      {
        name: 'Tree',
        price: 'R$ 490',
        per: 'a month',
        points: ['10 people', '10,000 contacts', 'Answers within four hours', 'Your own reports'],
        chosen: true,
      },
      {
        name: 'Orchard',
        price: 'R$ 1,900',
        per: 'a month',
        points: ['As many people as you like', 'Unlimited contacts', 'Somebody to call', 'Your own terms'],
        chosen: false,
      },
    ],
  },
  'pt-BR': {
    title: 'Um preço para a equipe inteira',
    pitch: 'Comece grátis por catorze dias. Fique porque ajuda, saia em dois cliques.',
    tryIt: 'Começar o teste gratuito',
    talk: 'Falar com alguém',
    plans: [
      {
        name: 'Semente',
        price: 'R$ 0',
        per: 'por mês',
        points: ['2 pessoas', '200 contatos', 'Resposta em até três dias'],
        chosen: false,
      },
      {
        name: 'Árvore',
        price: 'R$ 490',
        per: 'por mês',
        points: ['10 pessoas', '10.000 contatos', 'Resposta em até quatro horas', 'Relatórios próprios'],
        chosen: true,
      },
      {
        name: 'Pomar',
        price: 'R$ 1.900',
        per: 'por mês',
        points: ['Quantas pessoas quiser', 'Contatos ilimitados', 'Alguém para quem ligar', 'Condições próprias'],
        chosen: false,
      },
    ],
  },
};
