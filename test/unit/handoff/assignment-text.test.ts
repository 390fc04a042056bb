import { describe, expect, it } from 'vitest';
import { assignmentSentences, exclusionSentence } from '../../../functions/handoff/assignment-text.ts';
import { AssignmentReason, ExclusionReason } from '../../../functions/handoff/handoff.ts';

const names = { ana: 'Ana Souza', bruno: 'Bruno Lima', carla: 'Carla Mendes', marta: 'Marta Reis' };
const en = { names, language: 'en' };
const pt = { names, language: 'pt-BR' };

function aReason(given: Partial<AssignmentReason> = {}): AssignmentReason {
  const reason = { rule: 'round-robin', method: 'round-robin', candidates: ['ana', 'carla'], exclusions: [] };
  return AssignmentReason.parse({ ...reason, ...given });
}

describe('the explanation of an assignment', () => {
  it('tells the rule, the turn, the rules passed and everybody who could not', () => {
    const reason = aReason({
      rule: 'retail',
      ruleName: 'Retail leads go to those who know retail',
      passedRules: ['enterprise', 'partners'],
      exclusions: [
        { rep: 'bruno', reason: 'leave', detail: '2027-01-03' },
        { rep: 'gone', reason: 'industry', detail: 'retail' },
      ],
    });
    expect(assignmentSentences(reason, { ...en, ruleNames: { enterprise: 'Enterprise goes to seniors' } })).toEqual([
      'Ana Souza got this lead by the rule “Retail leads go to those who know retail”: of the 2 who could take it, nobody has waited longer for one.',
      'The rule “Enterprise goes to seniors” is about this lead too, but none of its reps could take it.',
      'The rule “partners” is about this lead too, but none of its reps could take it.',
      'Bruno Lima could not: on leave until 3 January 2027.',
      'gone could not: does not know the industry (retail).',
    ]);
    expect(assignmentSentences(reason, pt).slice(-2)).toEqual([
      'Bruno Lima não podia: de licença até 3 de janeiro de 2027.',
      'gone não podia: não conhece o setor (retail).',
    ]);
  });

  it.each([
    [{}, 'of the 2 who could take it, nobody has waited longer', 'entre os 2 que podiam atender, ninguém esperava'],
    [
      { candidates: ['ana'] },
      'got this lead: nobody else could take it.',
      'recebeu este lead: ninguém mais podia atender.',
    ],
    [{ method: 'least-busy' as const }, 'nobody has fewer open leads', 'ninguém tem menos leads abertos'],
    [
      { method: 'weighted' as const, weights: { ana: 2, carla: 1 } },
      '(Ana Souza 2; Carla Mendes 1)',
      'pelos pesos (Ana',
    ],
    [{ method: 'performance' as const, weights: { ana: 1.25 } }, '(Ana Souza 1.25)', '(Ana Souza 1,25)'],
    [{ method: 'same-rep' as const }, 'because they had it before', 'já cuidava dele antes'],
    [
      { method: 'manager' as const, candidates: ['marta'] },
      'Marta Reis has this lead as the manager',
      'Marta Reis está',
    ],
    [{ method: 'none' as const, candidates: [] }, 'Nobody can take this lead yet', 'espera na fila'],
    [
      { method: 'none' as const, ruleName: 'To seniors' },
      'waits in the queue for somebody of the rule “To',
      'por alguém da',
    ],
  ])('says how it was decided: %#', (given, inEnglish, inPortuguese) => {
    expect(assignmentSentences(aReason(given), en)[0]).toContain(inEnglish);
    expect(assignmentSentences(aReason(given), pt)[0]).toContain(inPortuguese);
  });

  it('speaks of nobody else where somebody took the lead', () => {
    const exclusions = [{ rep: 'ana', reason: 'leave' as const, detail: '2027-01-03' }];
    const reason = aReason({ method: 'chosen', candidates: ['ana'], exclusions });
    expect(assignmentSentences(reason, en)).toEqual(['Ana Souza took this lead.']);
    expect(assignmentSentences(reason, pt)).toEqual(['Ana Souza assumiu este lead.']);
  });
});

describe('why one rep could not', () => {
  const details: Partial<Record<ExclusionReason, string>> = {
    ...{ leave: '2027-01-03', holiday: 'Christmas', hours: '2026-11-30T09:00', capacity: '20', 'day-capacity': '3' },
    ...{
      skill: 'ERP',
      industry: 'retail, food',
      product: 'pos',
      language: 'pt, de',
      region: 'BR',
      seniority: 'senior',
    },
  };
  const told = (reader: typeof en) =>
    ExclusionReason.options.map((reason) => exclusionSentence({ rep: 'ana', reason, detail: details[reason] }, reader));

  it('is told in English', () => {
    expect(told(en).map((sentence) => sentence.replace('Ana Souza could not: ', ''))).toEqual([
      'on leave until 3 January 2027.',
      'it is a holiday there (Christmas).',
      'not at work until Monday 30 November at 09:00, by their clock.',
      'has 20 open leads already, which is the most they take.',
      'has got 3 today already, which is the most they take in a day.',
      'gets no e-mail from us any more, and would not hear of it.',
      'the rule does not name them.',
      'does not know ERP.',
      'does not know the industry (retail or food).',
      'does not know the product (pos).',
      'does not sell in Portuguese or German.',
      'does not sell there (Brazil).',
      'is not senior.',
      'has passed it on.',
      'let the time to accept it run out.',
    ]);
  });

  it('is told in Portuguese', () => {
    expect(told(pt).map((sentence) => sentence.replace('Ana Souza não podia: ', ''))).toEqual([
      'de licença até 3 de janeiro de 2027.',
      'é feriado lá (Christmas).',
      'fora do horário de trabalho até segunda-feira, 30 de novembro às 09:00, no seu relógio.',
      'já tem 20 leads abertos, o máximo.',
      'já recebeu 3 hoje, o máximo por dia.',
      'não recebe mais nossos e-mails e não ficaria sabendo.',
      'não está na regra.',
      'não conhece ERP.',
      'não conhece o setor (retail ou food).',
      'não conhece o produto (pos).',
      'não vende em português ou alemão.',
      'não vende nessa região (Brasil).',
      'não tem nível sênior.',
      'passou adiante.',
      'deixou passar o prazo para aceitar.',
    ]);
  });

  it('keeps what is written in no way we know', () => {
    expect(exclusionSentence({ rep: 'ana', reason: 'hours' }, en)).toContain('outside their working hours');
    expect(exclusionSentence({ rep: 'ana', reason: 'region', detail: 'BR-SP, south' }, en)).toContain(
      '(BR-SP or south)',
    );
    expect(exclusionSentence({ rep: 'ana', reason: 'language', detail: 'not a tag' }, en)).toContain('not a tag');
    expect(exclusionSentence({ rep: 'ana', reason: 'leave', detail: 'soon' }, en)).toContain('until soon');
  });
});
