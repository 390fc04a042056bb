import type { Chance } from './chance.ts';

/** Somebody made up. Mail to `.example` goes nowhere but the local inbox (RFC 2606). */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly role: string;
  readonly industry: string;
  readonly country: string;
  readonly language: 'en' | 'pt-BR';
  /** The browser they use: the tracker's anonymous id. */
  readonly visitor: string;
}

const places = {
  'pt-BR': {
    first:
      'Ana Beatriz Bruno Caio Camila Débora Diego Eduarda Felipe Gabriela Heitor Isabela João Juliana Larissa Lucas Mariana Mateus Natália Otávio Paula Rafael Renata Sofia Thiago Vitória'.split(
        ' ',
      ),
    last: 'Almeida Andrade Azevedo Barbosa Cardoso Carvalho Costa Duarte Farias Ferreira Freitas Gomes Lopes Martins Melo Moreira Nunes Oliveira Pereira Pinto Queiroz Ribeiro Santana Teixeira Vieira'.split(
      ' ',
    ),
    firms: ['Padaria', 'Clínica', 'Escola', 'Construtora', 'Loja', 'Transportes', 'Contabilidade', 'Móveis'],
    firmNames: ['Aurora', 'Ipê', 'Mar Azul', 'Serra Verde', 'Bela Vista', 'Santa Rita', 'Boa Hora', 'Jatobá'],
    roles: [
      'Gerente comercial',
      'Gerente de marketing',
      'Analista de vendas',
      'Especialista em CRM',
      'Gerente de contas',
    ],
    industries: ['Varejo', 'Saúde', 'Educação', 'Construção', 'Serviços'],
    country: 'BR',
    phone: '+55 11 95555-',
  },
  en: {
    first:
      'Aaron Alice Bethany Caleb Clara Daphne Edwin Esme Freddie Grace Harvey Imogen Jasper Keira Leonard Mabel Nathan Olive Percy Quinn Rosalind Silas Tessa Victor Willa Zachary'.split(
        ' ',
      ),
    last: 'Abbott Barlow Carver Dunmore Ellery Fairbank Garland Hadley Inglewood Jessop Kendrick Lockhart Mercer Norwood Oakley Penrose Quayle Radcliffe Stanhope Thackeray Underhill Vance Wexford Yardley'.split(
      ' ',
    ),
    firms: ['Logistics', 'Dental', 'Software', 'Bakery', 'Studios', 'Interiors', 'Consulting', 'Foods'],
    firmNames: ['Northwind', 'Harbour', 'Foxglove', 'Millstone', 'Brightwater', 'Redwood', 'Larkspur', 'Copper Lane'],
    roles: ['Head of sales', 'Marketing manager', 'Founder', 'Growth lead', 'Operations director'],
    industries: ['Retail', 'Healthcare', 'Software', 'Manufacturing', 'Services'],
    country: 'US',
    phone: '+1 202 555 ',
  },
} as const;

/** A person nobody has met before: `number` makes their address and their browser their own. */
export function somebody(number: number, dice: Chance): Person {
  const language = dice.happens(0.6) ? 'pt-BR' : 'en';
  const place = places[language];
  const [first, last] = [dice.pick(place.first), dice.pick(place.last)];
  const [firm, firmName] = [dice.pick(place.firms), dice.pick(place.firmNames)];
  const company = language === 'en' ? `${firmName} ${firm}` : `${firm} ${firmName}`;
  return {
    name: `${first} ${last}`,
    email: `${slug(first)}.${slug(last)}${number}@${slug(company)}.example`,
    phone: `${place.phone}${String(100 + (number % 100)).padStart(4, '0')}`,
    company,
    role: dice.pick(place.roles),
    industry: dice.pick(place.industries),
    country: place.country,
    language,
    visitor: `demo-visitor-${number}`,
  };
}

function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z]+/g, '')
    .toLowerCase();
}
