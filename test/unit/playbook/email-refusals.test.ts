import { afterEach, describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { aPlaybook, lineOf, problemsOf, removePlaybooks } from '../../support/playbook.ts';

afterEach(removePlaybooks);

const email = 'emails/welcome-1.en.mjml';
const replaced = (from: string, to: string) => (content: string) => content.replaceAll(from, to);

describe('an e-mail that is not right is told once', () => {
  it.each([
    ['lead.firstName', 'lead.firstNam', 'firstName'],
    ['lead.firstName', 'lead.firstname', 'firstName'],
    ['lead.company', 'lead.compnay', 'company'],
  ])('that names %s as %s', async (right, wrong, meant) => {
    expect(await problemsOf(await aPlaybook(email, replaced(right, wrong)))).toEqual([
      {
        file: email,
        line: lineOf(email, right),
        path: wrong,
        message: `nobody fills it in: did you mean lead.${meant}?`,
      },
    ]);
  });

  it('that asks for a misspelt name in a condition, or in what it includes', async () => {
    const asked = await aPlaybook('emails/case-study-2.en.mjml', replaced('lead.industry', 'lead.industri'));
    expect(await problemsOf(asked)).toMatchObject([
      { line: lineOf('emails/case-study-2.en.mjml', 'lead.industry'), path: 'lead.industri' },
    ]);
    const included = await aPlaybook('emails/partials/engagement-1.en.mjml', replaced('lead.company', 'lead.compnay'));
    expect((await problemsOf(included)).map(({ file, path }) => `${file} ${path}`)).toEqual([
      'emails/engagement-1.en.mjml lead.compnay',
      'emails/engagement-1b.en.mjml lead.compnay',
    ]);
  });

  it('but a name that only an import brings may be anything', async () => {
    const folder = await aPlaybook(email, replaced('lead.company', 'lead.orchardSize'));
    expect((await compilePlaybook(folder)).parts.emails.length).toBeGreaterThan(0);
  });

  it('that has no footer', async () => {
    const include = '<mj-include path="./partials/footer.en.mjml" />';
    expect(await problemsOf(await aPlaybook(email, replaced(include, '')))).toEqual([
      {
        file: email,
        line: lineOf(email, '</mj-body>'),
        path: '',
        message: `has no footer with the way out and the postal address: write ${include} above </mj-body>`,
      },
    ]);
  });

  it('that includes what is not there', async () => {
    expect(await problemsOf(await aPlaybook(email, replaced('footer.en', 'footr.en')))).toEqual([
      {
        file: email,
        line: lineOf(email, 'footer.en'),
        path: '',
        message: 'there is no emails/partials/footr.en.mjml: check the spelling, or write it',
      },
    ]);
  });
});

it('a wait that is not written as a duration is told once', async () => {
  const folder = await aPlaybook('sequences/welcome.yaml', replaced('duration: P2D', 'duration: 2 days'));
  expect(await problemsOf(folder)).toEqual([
    expect.objectContaining({ path: 'steps.1.duration', message: expect.stringContaining('such as P2D') }),
  ]);
  const misspelt = await aPlaybook('sequences/welcome.yaml', replaced('duration: P2D', 'duraton: P2D'));
  expect(await problemsOf(misspelt)).toEqual([
    expect.objectContaining({ path: 'steps.1.duraton', message: expect.stringContaining('did you mean "duration"?') }),
  ]);
});
