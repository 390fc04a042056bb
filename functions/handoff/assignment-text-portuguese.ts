import type { AssignmentWords } from './assignment-text.ts';

export const portuguese: AssignmentWords = {
  locale: 'pt-BR',
  seniority: { junior: 'júnior', mid: 'pleno', senior: 'sênior' },
  got: (rep, rule) =>
    rule === undefined ? `${rep} recebeu este lead` : `${rep} recebeu este lead pela regra “${rule}”`,
  alone: 'ninguém mais podia atender.',
  among: {
    'round-robin': (count) => `entre os ${count} que podiam atender, ninguém esperava há mais tempo.`,
    'least-busy': (count) => `entre os ${count} que podiam atender, ninguém tem menos leads abertos.`,
    weighted: (count, shares) => `entre os ${count} que podiam atender, era a sua vez pelos pesos (${shares}).`,
    performance: (count, shares) =>
      `entre os ${count} que podiam atender, era a sua vez pelos pesos que os resultados renderam (${shares}).`,
  },
  sameRep: (rep) => `${rep} recebeu este lead porque já cuidava dele antes.`,
  chosen: (rep) => `${rep} assumiu este lead.`,
  manager: (name) => `${name} está com este lead na gestão: nenhum vendedor ficou com ele.`,
  nobody: 'Ninguém pode atender este lead ainda: ele espera na fila.',
  waits: (rule) => `Este lead espera na fila por alguém da regra “${rule}”.`,
  passed: (rule) => `A regra “${rule}” também vale para este lead, mas ninguém dela podia atender.`,
  could: (rep, why) => `${rep} não podia: ${why}.`,
  why: {
    leave: (day) => `de licença até ${day}`,
    holiday: (name) => `é feriado lá (${name})`,
    hours: (opening) =>
      opening === '' ? 'fora do horário de trabalho' : `fora do horário de trabalho até ${opening}, no seu relógio`,
    capacity: (most) => `já tem ${most} leads abertos, o máximo`,
    'day-capacity': (most) => `já recebeu ${most} hoje, o máximo por dia`,
    silenced: () => 'não recebe mais nossos e-mails e não ficaria sabendo',
    'not-named': () => 'não está na regra',
    skill: (skill) => `não conhece ${skill}`,
    industry: (industries) => `não conhece o setor (${industries})`,
    product: (products) => `não conhece o produto (${products})`,
    language: (languages) => `não vende em ${languages}`,
    region: (regions) => `não vende nessa região (${regions})`,
    seniority: (levels) => `não tem nível ${levels}`,
    declined: () => 'passou adiante',
    missed: () => 'deixou passar o prazo para aceitar',
  },
};
