import type { AssignmentWords } from './assignment-text.ts';

export const english: AssignmentWords = {
  locale: 'en-GB',
  seniority: { junior: 'junior', mid: 'mid-level', senior: 'senior' },
  got: (rep, rule) => (rule === undefined ? `${rep} got this lead` : `${rep} got this lead by the rule “${rule}”`),
  alone: 'nobody else could take it.',
  among: {
    'round-robin': (count) => `of the ${count} who could take it, nobody has waited longer for one.`,
    'least-busy': (count) => `of the ${count} who could take it, nobody has fewer open leads.`,
    weighted: (count, shares) =>
      `of the ${count} who could take it, it was their turn by the shares they have (${shares}).`,
    performance: (count, shares) =>
      `of the ${count} who could take it, it was their turn by the shares that their results have earned them (${shares}).`,
  },
  sameRep: (rep) => `${rep} got this lead because they had it before.`,
  chosen: (rep) => `${rep} took this lead.`,
  manager: (name) => `${name} has this lead as the manager: no rep has taken it.`,
  nobody: 'Nobody can take this lead yet: it waits in the queue.',
  waits: (rule) => `This lead waits in the queue for somebody of the rule “${rule}”.`,
  passed: (rule) => `The rule “${rule}” is about this lead too, but none of its reps could take it.`,
  could: (rep, why) => `${rep} could not: ${why}.`,
  why: {
    leave: (day) => `on leave until ${day}`,
    holiday: (name) => `it is a holiday there (${name})`,
    hours: (opening) =>
      opening === '' ? 'outside their working hours' : `not at work until ${opening}, by their clock`,
    capacity: (most) => `has ${most} open leads already, which is the most they take`,
    'day-capacity': (most) => `has got ${most} today already, which is the most they take in a day`,
    silenced: () => 'gets no e-mail from us any more, and would not hear of it',
    'not-named': () => 'the rule does not name them',
    skill: (skill) => `does not know ${skill}`,
    industry: (industries) => `does not know the industry (${industries})`,
    product: (products) => `does not know the product (${products})`,
    language: (languages) => `does not sell in ${languages}`,
    region: (regions) => `does not sell there (${regions})`,
    seniority: (levels) => `is not ${levels}`,
    declined: () => 'has passed it on',
    missed: () => 'let the time to accept it run out',
  },
};
