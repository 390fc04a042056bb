import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import type { PlaybookProblem } from '../../../bin/playbook/problem.ts';
import { jsonSchemas } from '../../../bin/playbook/schemas.ts';
import { renderEmail } from '../../../functions/nurture/email-template.ts';
import { aPlaybook, lineOf, problemsOf, removePlaybooks, shippedPlaybook as shipped } from '../../support/playbook.ts';

afterEach(removePlaybooks);

describe('the shipped playbook', () => {
  it('compiles, and has the forms that were promised', async () => {
    const { version, parts } = await compilePlaybook(shipped);
    expect(version).toMatch(/^[a-z2-7]{32}$/);
    const stages = Object.fromEntries(
      Object.entries(parts.forms.forms).map(([id, { funnelStage }]) => [id, funnelStage]),
    );
    expect(stages).toEqual({
      ebook: 'TOFU',
      checklist: 'TOFU',
      newsletter: 'TOFU',
      webinar: 'MOFU',
      'case-study': 'MOFU',
      demo: 'BOFU',
      consultation: 'BOFU',
      trial: 'BOFU',
    });
    for (const [id, { fields, consents, doubleOptIn, funnelStage, asset }] of Object.entries(parts.forms.forms)) {
      const more = funnelStage === 'BOFU' ? ['role', 'industry', 'country', 'revenue'] : [];
      expect(fields.map(({ name }) => name)).toEqual(['email', 'name', 'phone', 'company', ...more]);
      expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['email']);
      expect(consents.map(({ purpose }) => purpose)).toEqual(['marketing']);
      expect(doubleOptIn).toBe(id === 'newsletter');
      expect(asset).toBeDefined();
    }
    expect(parts.forms.writeKeys).toEqual(['local']);
    expect(parts.team.reps).toHaveLength(5);
  });

  it('records and asks for what its forms mean', async () => {
    const { forms } = (await compilePlaybook(shipped)).parts.forms;
    expect(forms.trial?.records).toEqual(['trial.started']);
    expect(forms.consultation).toMatchObject({ records: ['appointment.booked'], explicitRequest: true });
    expect(forms.demo).toMatchObject({ records: [], explicitRequest: true });
  });

  it('greets nobody with a gap', async () => {
    const { emails, account } = (await compilePlaybook(shipped)).parts;
    for (const email of emails.filter(({ audience }) => audience === 'lead')) {
      const view = {
        lead: { email: 'a@example.com' },
        account,
        recipient: { name: '' },
        data: {},
        unsubscribeUrl: 'https://x.example/u/1',
        preferencesUrl: 'https://x.example/preferences/1',
        baseUrl: 'https://x.example',
      };
      const { subject, text, html } = renderEmail(email, view);
      expect(subject).not.toMatch(/ $|: $| ,/);
      expect(text).not.toMatch(/\{\{|\{%| ,|, !|undefined/);
      expect(text).toContain('https://x.example/u/1');
      expect(text).toContain(account.postalAddress);
      expect(html).toContain('prefers-color-scheme: dark');
    }
  });

  it('escapes in HTML what a lead wrote', async () => {
    const { emails, account } = (await compilePlaybook(shipped)).parts;
    const hot = emails.find(({ id, language }) => id === 'hot-lead' && language === 'en');
    if (!hot) throw new Error('there is a hot-lead e-mail');
    const data = {
      name: '<b>Ana</b>',
      company: '',
      role: '',
      phone: '',
      email: 'a@example.com',
      why: 'They asked.',
      score: 30,
      reasons: [{ points: '+25', text: 'booked', at: 'today' }],
      activities: [],
      doNotEmail: true,
      qualifiedAt: 'today',
      link: 'https://x.example/leads/1',
    };
    const { html, text } = renderEmail(hot, {
      lead: {},
      account,
      recipient: { name: 'Rep' },
      data,
      unsubscribeUrl: '',
      preferencesUrl: '',
      baseUrl: '',
    });
    expect(html).toContain('&lt;b&gt;Ana&lt;/b&gt;');
    expect(html).not.toContain('<b>Ana');
    expect(text).toContain('+25 booked (today)');
    expect(text).toContain('Do not send marketing e-mail');
  });

  it('has JSON Schemas that are current: npm run playbook -- schema', async () => {
    for (const [file, schema] of jsonSchemas())
      expect(await readFile(join(shipped, 'schema', file), 'utf8')).toBe(schema);
  });
});

describe('a playbook’s version', () => {
  it('is the same for the same content, whatever its comments', async () => {
    const { version } = await compilePlaybook(shipped);
    const commented = await aPlaybook('team.yaml', (yaml) => `# ours\n${yaml}`);
    expect((await compilePlaybook(commented)).version).toBe(version);
  });

  it('changes with what it says', async () => {
    const { version } = await compilePlaybook(shipped);
    const other = await aPlaybook('scoring.yaml', (yaml) => yaml.replace('threshold: 50', 'threshold: 55'));
    expect((await compilePlaybook(other)).version).not.toBe(version);
  });
});

describe('a scoring model’s version', () => {
  it.each([
    ['the rules', 'scoring.yaml', (yaml: string) => yaml.replace('threshold: 50', 'threshold: 55')],
    ['the time zone', 'account.yaml', (yaml: string) => yaml.replace(/timeZone: .*/, 'timeZone: Asia/Tokyo')],
  ])('changes with %s', async (_, file, change) => {
    const { modelVersion } = await compilePlaybook(shipped);
    expect((await compilePlaybook(await aPlaybook(file, change))).modelVersion).not.toBe(modelVersion);
  });

  it('stays when anything else changes: a word in an e-mail scores nobody anew', async () => {
    const { version, modelVersion } = await compilePlaybook(shipped);
    const other = await compilePlaybook(
      await aPlaybook('account.yaml', (yaml) => yaml.replace(/name: .*/, 'name: Ours')),
    );
    expect(other.version).not.toBe(version);
    expect(other.modelVersion).toBe(modelVersion);
  });
});

describe('a wrong playbook names file, line, path and the mend', () => {
  const replaced = (from: string | RegExp, to: string) => (content: string) => content.replace(from, to);
  const cases: readonly [string, string, (content: string) => string, Partial<PlaybookProblem>][] = [
    [
      'an unknown magnet',
      'forms.yaml',
      replaced('magnet: e-book', 'magnet: freebie'),
      { line: 17, path: 'forms.ebook.magnet', message: expect.stringContaining('write one of: newsletter, checklist') },
    ],
    [
      'a misspelt key',
      'forms.yaml',
      replaced('doubleOptIn: true', 'doubleOptin: true'),
      { path: 'forms.newsletter.doubleOptin', message: expect.stringContaining('did you mean "doubleOptIn"?') },
    ],
    [
      'a sensitive field',
      'forms.yaml',
      replaced('name: industry', 'name: gender'),
      {
        path: 'forms.demo.fields.5.name',
        message: expect.stringContaining('sensitiveAttributes: [gender] in account.yaml'),
      },
    ],
    [
      'a field that only Ripen sets',
      'forms.yaml',
      replaced('name: industry', 'name: score'),
      { message: expect.stringContaining('works out itself') },
    ],
    [
      'a form without an address',
      'forms.yaml',
      replaced('required: true', 'required: false'),
      { path: 'forms.ebook.fields', message: expect.stringContaining('required field `email`') },
    ],
    [
      'an open redirect',
      'forms.yaml',
      replaced('/p/thank-you?form=ebook', '//evil.example'),
      { path: 'forms.ebook.thankYou' },
    ],
    [
      'a domain for replies that people have their mail at',
      'account.yaml',
      replaced('reply.orchard.example', 'orchard.example'),
      { path: 'replies.domain', message: expect.stringContaining('such as reply.orchard.example') },
    ],
    [
      'a rep without an address',
      'team.yaml',
      replaced(/, email: bruno[^,]*/, ''),
      { line: 6, path: 'reps.1.email', message: expect.stringContaining('is missing') },
    ],
    [
      'YAML that is none',
      'team.yaml',
      replaced('reps:', 'reps: ['),
      { file: 'team.yaml', message: expect.any(String) },
    ],
    [
      'a sequence that sends what nobody wrote',
      'sequences/welcome.yaml',
      replaced('welcome-2', 'welcome-9'),
      { path: 'steps.2', message: expect.stringContaining('emails/welcome-9.en.mjml') },
    ],
    [
      'a file that is not called like its sequence',
      'sequences/welcome.yaml',
      replaced('id: welcome', 'id: hello'),
      { path: 'id', message: expect.stringContaining('hello.yaml') },
    ],
    [
      'a rule about a form that is not',
      'scoring.yaml',
      replaced('explicitRequest: { equals: true }', 'form: { oneOf: [demo, dmeo] }'),
      { path: 'signals.asked-by-form.where.form', message: expect.stringContaining('there is no form "dmeo"') },
    ],
    [
      'a rule on an activity misspelt',
      'scoring.yaml',
      replaced('activity: email.opened', 'activity: emial.opened'),
      {
        line: lineOf('scoring.yaml', 'activity: email.opened'),
        path: 'rules.3.activity',
        message: 'there is no activity "emial.opened": did you mean "email.opened"?',
      },
    ],
    [
      'a signal on an activity that never happens',
      'scoring.yaml',
      replaced('activity: email.replied\n    says', 'activity: email.read\n    says'),
      { path: 'signals.reply.activity', message: expect.stringContaining('use one of email.sent, email.delivered') },
    ],
    [
      'a sequence that an activity misspelt starts',
      'sequences/welcome.yaml',
      replaced('activity: form.submitted', 'activity: form.submited'),
      { path: 'entry.0.activity', message: expect.stringContaining('did you mean "form.submitted"?') },
    ],
    [
      'a form that records what cannot happen',
      'forms.yaml',
      replaced('records: [trial.started]', 'records: [trail.started]'),
      { path: 'forms.trial.records.0', message: expect.stringContaining('did you mean "trial.started"?') },
    ],
    [
      'a hot-lead e-mail for leads',
      'team.yaml',
      replaced('template: hot-lead', 'template: welcome-1'),
      { path: 'hotLead.template', message: expect.stringContaining('audience: team') },
    ],
    [
      'short news in a language nobody writes in',
      'team.yaml',
      replaced('template: hot-lead, language: en', 'template: hot-lead, language: fr'),
      { path: 'hotLead.template', message: expect.stringContaining('emails/handoff-news.fr.mjml') },
    ],
    ['a language nobody writes in', 'account.yaml', replaced('language: en', 'language: fr'), { path: 'language' }],
    [
      'a greeting without a fallback',
      'emails/welcome-1.en.mjml',
      replaced(" | default: 'there'", ''),
      {
        line: lineOf('emails/welcome-1.en.mjml', 'lead.firstName'),
        path: 'lead.firstName',
        message: expect.stringContaining('add a fallback'),
      },
    ],
    [
      'an e-mail without a way out',
      'emails/asset.en.mjml',
      replaced('{{ unsubscribeUrl }}', '#'),
      { message: expect.stringContaining('unsubscribeUrl') },
    ],
    [
      'a tag that MJML does not have',
      'emails/welcome-1.en.mjml',
      replaced('<mj-button', '<mj-buton'),
      { line: lineOf('emails/welcome-1.en.mjml', '<mj-button'), message: expect.stringContaining('mj-buton') },
    ],
    [
      'Liquid that does not end',
      'emails/welcome-1.en.mjml',
      replaced('{{ account.senderName }}', '{% if x %}'),
      { message: expect.stringContaining('if') },
    ],
    [
      'an e-mail without a subject',
      'emails/welcome-1.en.mjml',
      replaced(/^subject.*\n/m, ''),
      { path: 'subject', message: expect.stringContaining('is missing') },
    ],
  ];
  // One line each: which slip, what is written instead, on which line it is told, and how.
  const replied = lineOf('scoring.yaml', '  - id: replied');
  const buying = lineOf('scoring.yaml', 'buyingSignals:');
  const slips: readonly [string, string | RegExp, string, number, string][] = [
    ['a list item too far left', '  - id: replied', '- id: replied', replied, 'indent list items by two spaces'],
    ['a line too far right', '    points: 15', '     points: 15', replied + 2, `align it with line ${replied + 1}`],
    ['a line too far left', '    points: 15', '   points: 15', replied + 2, 'align it with them'],
    ['a tab', '    points: 15', '\tpoints: 15', replied + 2, 'spaces, not with tabs'],
    ['a colon without a space', 'points: 15', 'points:15', replied + 2, 'write a space behind the colon'],
    ['a colon in a text', 'replied to an', 'replied: to an', replied + 6, 'in quotes'],
    ['a quote without an end', 'en: replied to', 'en: "replied to', replied + 6, 'opened and not closed'],
    ['a list without an end', 'trial, solution-form]', 'trial, solution-form', buying, 'not closed'],
    ['a name twice', 'points: 15', 'points: 15\n    points: 15', replied + 3, 'twice'],
    ['a reference to nothing', 'points: 15', 'points: *many', replied + 2, 'no &many'],
    [
      'a number in quotes',
      'threshold: 50',
      'threshold: "50"',
      lineOf('scoring.yaml', 'threshold: 50'),
      'write a number, like 50, without quotes',
    ],
    [
      'a letter in a number',
      'threshold: 50',
      'threshold: 5O',
      lineOf('scoring.yaml', 'threshold: 50'),
      'write a number, without letters',
    ],
    ['a number with decimals', 'points: 15', 'points: 1.5', replied + 2, 'write a whole number'],
    ['a number out of bounds', 'points: 15', 'points: 1500', replied + 2, 'write a number of at most 1000'],
    ['a text that is a number', 'en: replied to an e-mail', 'en: 5', replied + 6, 'write a text, in quotes: "5"'],
    ['a value left empty', 'points: 15', 'points:', replied + 2, 'is empty: write a number'],
    [
      'a yes',
      'humanOnly: true',
      'humanOnly: yes',
      lineOf('scoring.yaml', 'humanOnly'),
      'write true or false, without quotes',
    ],
    ['a value for a list', /^buyingSignals.*/m, 'buyingSignals: trial', buying, 'write a list'],
    [
      'a value for a test',
      '{ startsWith: /pricing }',
      '/pricing',
      lineOf('scoring.yaml', 'path:'),
      'write one test, such as',
    ],
  ];
  for (const [what, from, to, line, message] of slips)
    it(`${what}, once`, async () => {
      expect(await problemsOf(await aPlaybook('scoring.yaml', replaced(from, to)))).toEqual([
        expect.objectContaining({ file: 'scoring.yaml', line, message: expect.stringContaining(message) }),
      ]);
    });

  for (const [what, file, change, problem] of cases)
    it(what, async () => {
      expect(await problemsOf(await aPlaybook(file, change))).toContainEqual(
        expect.objectContaining({ file, ...problem }),
      );
    });

  it('but what the account tracks itself may be called anything', async () => {
    const folder = await aPlaybook(
      'scoring.yaml',
      replaced('activity: email.replied', 'activity: track.watched-video'),
    );
    expect((await compilePlaybook(folder)).parts.scoring.rules[6]).toMatchObject({ activity: 'track.watched-video' });
  });

  it('a part that is missing', async () => {
    const folder = await aPlaybook('team.yaml', (yaml) => `${yaml}\n# …`);
    await rm(join(folder, 'metrics.yaml'));
    expect(await problemsOf(folder)).toMatchObject([
      { file: 'metrics.yaml', line: 1, message: expect.stringContaining('is missing') },
    ]);
  });
});
