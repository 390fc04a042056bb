import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { mismatches } from '../../../bin/playbook/cross-checks.ts';
import { assignmentSentences } from '../../../functions/handoff/assignment-text.ts';
import { ExclusionReason } from '../../../functions/handoff/handoff.ts';
import { route } from '../../../functions/handoff/route.ts';
import { Match, Method, Team } from '../../../functions/handoff/team.ts';
import { addWorkingMinutes, calendarOf } from '../../../functions/handoff/working-time.ts';
import { shippedPlaybook } from '../../support/playbook.ts';
import { aRouting, asked } from './a-routing.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/handoff.md'), 'utf8');
const [, example = ''] = /^```yaml\n(# team\.yaml[\s\S]*?)^```/m.exec(page) ?? [];
const team = Team.parse(parse(example));

/** The decision for a lead who says this of themselves, by the team of the page. */
function decided(attributes: Record<string, unknown>, at: string, language = 'pt-BR') {
  return route(aRouting({ team, asked: asked({ attributes, language }), now: Date.parse(at) }));
}

/** A Tuesday at noon in São Paulo, and one of the days on which Ana is on leave. */
const tuesday = '2026-12-15T14:00:00-03:00';
const christmas = '2026-12-22T14:00:00-03:00';

describe('docs/handoff.md', () => {
  it('shows a team that may be written', async () => {
    const { parts } = await compilePlaybook(shippedPlaybook);
    expect(mismatches({ ...parts, team })).toEqual([]);
    expect(Object.keys(parse(example))).toEqual(
      expect.arrayContaining(Object.keys(Team.shape).filter((key) => key !== 'webhooks')),
    );
  });

  it('shows a decision as it is explained', () => {
    const names = Object.fromEntries(team.reps.map(({ id, name }) => [id, name]));
    const { reason } = decided({ industry: 'retail' }, christmas);
    const quoted = [...page.matchAll(/^> (.*)$/gm)].map(([, line]) => line);
    expect(assignmentSentences(reason, { names, language: 'en' })).toEqual(quoted);
  });

  it('is true about its rules', () => {
    expect(decided({ industry: 'retail', country: 'BR', state: 'SP' }, tuesday)).toMatchObject({
      rep: 'ana-souza',
      reason: { rule: 'retail', method: 'least-busy', candidates: ['ana-souza', 'bruno-lima'] },
    });
    expect(decided({ country: 'BR', state: 'RS' }, tuesday)).toMatchObject({
      rep: 'bruno-lima',
      reason: { rule: 'near' },
    });
    expect(decided({ country: 'BR' }, tuesday).reason.candidates).toEqual(['bruno-lima']);
    expect(decided({ country: 'MX' }, tuesday, 'es').rep).toBe('elena-martin');
    expect(decided({ revenue: 20_000_000 }, '2026-12-25T12:00:00-05:00').rep).toBe('elena-martin');
    expect(decided({ revenue: 20_000_000 }, '2026-12-26T12:00:00-05:00')).toMatchObject({
      rep: null,
      reason: { rule: 'enterprise' },
      // Elena comes back on Monday; Ana is on leave until January.
      nextTryAt: '2026-12-28T13:30:00.000Z',
    });
  });

  it('is true about the clock', () => {
    const [ana] = team.reps;
    if (!ana) throw new Error('the example has reps');
    const days = [{ id: 'brazil', days: [{ day: '2026-09-07', name: 'Independência' }] }];
    const calendar = calendarOf(ana, { holidays: days }, { timeZone: 'UTC' });
    const due = addWorkingMinutes(calendar, Date.parse('2026-09-04T17:45:00-03:00'), team.sla.acceptMinutes);
    expect(new Date(due).toISOString()).toBe('2026-09-08T12:15:00.000Z');
  });

  it('names every method, every kind of match, and every reason that is not of a rule', () => {
    const named = new Set([...page.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
    const ofRules = ['not-named', 'skill', 'industry', 'product', 'language', 'region', 'seniority'];
    const reasons = ExclusionReason.options.filter((reason) => !ofRules.includes(reason));
    for (const name of [...Method.options, ...Match.options, ...reasons]) expect(named).toContain(name);
  });
});
