import { describe, expect, it } from 'vitest';
import { Milestone } from '../../../functions/leads/lead.ts';
import { Happening, Predicate } from '../../../functions/leads/predicate.ts';
import { Because } from '../../../functions/nurture/enrollment.ts';
import { happeningText, predicateText, reachedText } from '../../../functions/nurture/predicate-text.ts';
import { Step } from '../../../functions/nurture/sequence.ts';
import { stepText } from '../../../functions/nurture/step-text.ts';
import { whyNext } from '../../../functions/nurture/why-next.ts';

const said = (step: unknown, language: 'en' | 'pt-BR' = 'en') => stepText(Step.parse(step), language);
const asked = (predicate: unknown, language: 'en' | 'pt-BR' = 'en') =>
  predicateText(Predicate.parse(predicate), language);

describe('a step in words', () => {
  it('says what it does', () => {
    expect(said({ kind: 'wait', duration: 'P2DT6H' })).toBe('wait 2 days 6 hours');
    expect(said({ kind: 'wait', duration: 'P2D' }, 'pt-BR')).toBe('esperar 2 dias');
    expect(said({ kind: 'wait', until: { weekdays: ['tuesday', 'thursday'], time: '09:00' } })).toBe(
      'wait until it is Tuesday or Thursday, 09:00 where they are',
    );
    expect(said({ kind: 'wait', until: { property: 'contractEnd', before: 'P30D' } })).toBe(
      'wait until 30 days before the day in “contractEnd”',
    );
    expect(
      said({
        kind: 'waitFor',
        activities: [{ activity: 'email.clicked' }, { activity: 'email.replied' }],
        within: 'P3D',
      }),
    ).toBe('wait until they have clicked a link in an e-mail or replied to an e-mail, at most 3 days');
    expect(said({ kind: 'exit' })).toBe('the sequence ends here');
  });

  it('asks what a branch asks', () => {
    expect(asked({ attribute: 'company_size', is: { atLeast: 50 } })).toBe('company size at least 50');
    expect(asked({ activity: 'page.viewed', where: { path: { startsWith: '/pricing' } }, within: 'P30D' })).toBe(
      'has seen a page (path starts with /pricing) in the last 30 days',
    );
    expect(asked({ activity: 'email.opened', atLeast: 0, atMost: 0, within: 'P60D' })).toBe(
      'has not opened an e-mail in the last 60 days',
    );
    expect(asked({ all: [{ rating: 'hot' }, { any: [{ milestone: 'mql' }, { not: { language: 'en' } }] }] })).toBe(
      'is hot and (is a marketing-qualified lead or not: reads en)',
    );
    expect(asked({ score: { above: 40 } }, 'pt-BR')).toBe('a pontuação é acima de 40');
  });

  it('says what they do as people say it', () => {
    const done = (happening: unknown, language: 'en' | 'pt-BR' = 'en') =>
      happeningText(Happening.parse(happening), language);
    const solution = { activity: 'form.submitted', where: { solution: true } };
    expect(done(solution)).toBe('filled in a form about a solution');
    expect(done(solution, 'pt-BR')).toBe('preenchido um formulário sobre uma solução');
    expect(done({ activity: 'form.submitted', where: { explicitRequest: true } })).toBe(
      'filled in a form that asks for a person',
    );
    const named = { activity: 'form.submitted', where: { form: ['ebook', 'checklist'], language: 'en' } };
    expect(done(named)).toBe('filled in the form ebook or checklist (language is en)');
    expect(done({ activity: 'form.submitted', where: { form: { startsWith: 'e' } } })).toBe(
      'filled in a form (form starts with e)',
    );
  });

  it.each([
    ['en', /^(become an? [a-z-]+( lead)?|start the trial)$/],
    ['pt-BR', /^(se torna (um )?[\wç]+|começa o teste)$/],
  ] as const)('says how far they come, in %s', (language, grammatical) => {
    for (const milestone of Milestone.options) expect(reachedText(milestone, language)).toMatch(grammatical);
  });

  it('says why a walk waits, for every reason there is', () => {
    for (const language of ['en', 'pt-BR'] as const)
      for (const because of [...Because.options, null]) expect(whyNext(because, language)).toMatch(/^[A-ZÉ].+\.$/);
  });
});
