import type { AssetTexts } from './asset-text.ts';

/** The made-up company's downloads, in Brazilian Portuguese. Its e-mails speak of what stands here. */
export const portugueseAssets: AssetTexts = {
  any: {
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
  of: {
    ebook: {
      intro: 'A maioria das equipes não sente falta de leads. Falta saber, hoje, para quais cinco ligar.',
      points: [
        ['O que as pessoas fazem.', 'Uma visita aos preços diz mais do que um cargo: dez ações e o valor de cada uma.'],
        ['O porquê, em palavras.', 'Pontuação que ninguém explica ninguém usa. Cada ponto precisa de uma frase.'],
        ['A ordem do dia.', 'Quem pediu, quem voltou, quem leu: copie e ligue de cima para baixo.'],
        ['O esfriamento.', 'O interesse passa. Como escolher a velocidade, e como perceber que está errada.'],
        ['O número.', 'Abaixo dele o marketing escreve, acima dele vendas liga. Como as duas equipes assinam.'],
      ],
      next: 'O jeito mais rápido de saber se serve para você é testar com os seus próprios leads.',
    },
    checklist: {
      intro: 'Responda com a equipe e marque de vermelho o que ninguém souber. É ali que os leads se perdem.',
      points: [
        ['Para quem ligaríamos primeiro hoje,', 'e todo mundo diz o mesmo nome?'],
        ['Quem recebe o lead', 'que chega na sexta-feira às seis da tarde?'],
        ['Quanto tempo o último esperou', 'entre o formulário e a primeira ligação?'],
        ['Qual página', 'os compradores leem, e os curiosos não?'],
        ['O que vendas já sabe', 'quando pega o telefone?'],
        ['Onde está escrito', 'quando um lead está pronto?'],
        ['Quando o interesse antigo', 'para de contar?'],
        ['O que acontece', 'com o lead que vendas devolve?'],
        ['Quem fica sabendo', 'quando alguém responde a uma newsletter?'],
        ['Quem recebe e-mail', 'de duas equipes no mesmo dia?'],
        ['Como saberíamos', 'que um formulário parou de funcionar?'],
        ['Quais destas', 'vamos olhar de novo daqui a um mês?'],
      ],
      next: 'Quatro vermelhas ou mais? Consertar a primeira custa menos do que o próximo lead que ela perder.',
    },
    newsletter: {
      intro: 'Neste mês: a vendedora que passou a ligar menos, e o que aconteceu com os números.',
      points: [
        ['A história.', 'Rosa parou de ligar às segundas, e só os clientes notaram: passaram a comprar mais.'],
        ['O número.', 'De cada dez pessoas que pedem uma ligação, quatro pediram a um concorrente na mesma hora.'],
        ['A pergunta.', 'Qual e-mail seu faria falta a alguém se não chegasse?'],
      ],
      next: 'A próxima carta chega em um mês. Até lá, veja quanto custa fazer isso com a gente.',
    },
    webinar: {
      intro:
        'Toda quinta-feira, às 11h de São Paulo. A sala abre aqui, dez minutos antes; a última gravação está logo abaixo.',
      points: [
        ['11h, uma equipe de três.', 'De meio dia para quatro minutos, sem contratar. Na gravação: 04:30.'],
        [
          '11h20, uma equipe de quarenta.',
          'Um nome em cada lead: a regra, a revolta, o resultado. Na gravação: 22:10.',
        ],
        ['11h40, as suas perguntas.', 'Para as duas, sem ninguém no meio. Na gravação: 41:00.'],
      ],
      next: 'Antes de vir: olhe quanto custa e traga a pergunta que surgir.',
    },
    'case-study': {
      intro:
        'Trinta pessoas, quatrocentos leads por mês, dois telefones. Oito semanas depois: metade das ligações, o dobro de reuniões.',
      points: [
        ['Página 1: a tarde', 'em que cronometraram o próprio formulário. Levou até a manhã seguinte.'],
        ['Página 2: os pontos.', 'Dez ações, definidas em uma tarde e deixadas em paz por seis semanas.'],
        ['Página 3: a linha.', 'Cinquenta, no palpite. Descobriram que faltavam quatro.'],
        ['Página 4: cinco minutos.', 'Um nome para cada lead, e um telefone que toca.'],
        ['Página 5: a regra que voltou atrás.', 'Dez pontos por abertura. O lead mais animado era um filtro de spam.'],
      ],
      next: 'Quanto custaria o mesmo na sua empresa? Os preços cabem em uma página.',
    },
    demo: {
      intro: 'Meia hora é pouco. Estas quatro coisas fazem com que ela seja sua, e não nossa.',
      points: [
        ['Traga um lead', 'que se perdeu, e procuramos juntos o minuto em que isso aconteceu.'],
        ['Traga o formulário', 'que mais gente preenche. Conectamos na hora, na sua frente.'],
        ['Traga quem liga.', 'Essa pessoa vê logo se confiaria na lista.'],
        ['Traga uma dúvida.', 'A meia hora fica melhor com uma.'],
      ],
      next: 'E, se alguém perguntar quanto custa, está tudo em uma página.',
    },
    consultation: {
      intro: 'Três perguntas para pensar antes. Não precisa saber as respostas; a meia hora é para isso.',
      points: [
        ['Quanto tempo', 'esperou a última pessoa que pediu uma ligação?'],
        ['Quais leads', 'vendas devolveu no mês passado, e por quê?'],
        ['O que você mudaria na segunda-feira,', 'se ninguém precisasse concordar?'],
      ],
      next: 'Até breve. Se alguém perguntar quanto custa, está aqui.',
    },
    trial: {
      intro: 'Uma hora, três passos, nesta ordem. Depois disso, a lista se cuida sozinha.',
      points: [
        ['Conecte um formulário', '(10 minutos). O que as pessoas mais preenchem, não o de que você mais gosta.'],
        ['Crie três regras', '(20 minutos). Preços, segunda visita, resposta. O resto pode esperar.'],
        ['Ponha um nome na lista', '(5 minutos). Alguém tem que receber o primeiro lead. Por que não você?'],
      ],
      next: 'Daqui a catorze dias, você escolhe um plano, ou não acontece nada.',
    },
  },
};
