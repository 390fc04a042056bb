import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { mismatches } from '../../../bin/playbook/cross-checks.ts';
import { Team } from '../../../functions/handoff/team.ts';
import { shippedPlaybook } from '../../support/playbook.ts';

let shipped: Awaited<ReturnType<typeof compilePlaybook>>['parts'];
beforeAll(async () => {
  shipped = (await compilePlaybook(shippedPlaybook)).parts;
});

/** What is wrong with the shipped playbook once its team also says this. */
function problems(given: object) {
  const written = parse(readFileSync(join(shippedPlaybook, 'team.yaml'), 'utf8'));
  return mismatches({ ...shipped, team: Team.parse({ ...written, ...given }) });
}

const withRule = (rule: object) => ({
  assignment: { rules: [{ id: 'one', name: 'One', needs: { reps: ['ana-souza'] }, ...rule }] },
});
const about = (when: object) => withRule({ when });

describe('a team that does not go with the rest of the playbook', () => {
  it.each([
    ['an activity misspelt', { activity: 'appointment.boked' }, 'did you mean "appointment.booked"?'],
    ['one that is nested', { any: [{ not: { activity: 'form.submited' } }] }, 'did you mean "form.submitted"?'],
    ['what no form asks', { attribute: 'shoeSize', is: { exists: true } }, 'no form asks for "shoeSize"'],
    ['what is nearly asked', { all: [{ attribute: 'industri', is: { exists: true } }] }, 'did you mean "industry"?'],
    ['a country by its name', { attribute: 'country', is: { equals: 'Brazil' } }, 'write BR instead of Brazil'],
    ['what is sensitive', { attribute: 'gender', is: { exists: true } }, 'is sensitive'],
  ])('is refused for a rule on %s', (_, when, message) => {
    expect(problems(about(when))).toEqual([
      {
        file: 'team.yaml',
        path: ['assignment', 'rules', 0, 'when'],
        message: expect.stringContaining(message),
      },
    ]);
  });

  it('is refused for a match with what no form asks', () => {
    const reps = [{ id: 'ana-souza', name: 'Ana Souza', email: 'ana.souza@orchard.example', skills: ['pos'] }];
    expect(problems({ reps, ...withRule({ matching: ['product'] }) })).toEqual([
      {
        file: 'team.yaml',
        path: ['assignment', 'rules', 0, 'matching'],
        message: 'no form asks for product or interest: add such a field to a form in forms.yaml',
      },
    ]);
  });

  it('is refused for a rep who is told in a language that nobody has written', () => {
    const reps = [{ id: 'ana-souza', name: 'Ana Souza', email: 'ana.souza@orchard.example', locale: 'fr' }];
    const [first, ...others] = problems({ reps });
    expect(first).toMatchObject({ path: ['reps', 0, 'locale'], message: expect.stringContaining('hot-lead.fr.mjml') });
    expect(others.map(({ path }) => path.join('.'))).toEqual(['reps.0.locale', 'reps.0.locale']);
  });

  it('is right with what leads do and tell', () => {
    const when = {
      all: [
        { attribute: 'country', is: { equals: 'BR' } },
        { activity: 'page.viewed', within: 'P30D' },
      ],
    };
    expect(problems(about(when))).toEqual([]);
  });
});
