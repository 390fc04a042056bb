import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import {
  aPlaybook,
  lineOf,
  problemsOf,
  removePlaybooks,
  scoringProblems,
  shippedPlaybook,
} from '../../support/playbook.ts';

afterEach(removePlaybooks);

const file = 'scoring.yaml';
const firstRule = lineOf(file, 'rules:') + 1;

/** The shipped rules with one more before them, written in one line. */
const withRule = (rule: string) => (yaml: string) =>
  yaml.replace('\nrules:\n', `\nrules:\n  - { id: new, says: { en: new }, ${rule} }\n`);
const withDisqualifier = (attributes: string) => (yaml: string) =>
  `${yaml}\ndisqualify:\n  - { id: no-buyer, says: { en: no }, attributes: ${attributes} }\n`;
const replaced = (from: string, to: string) => (yaml: string) => yaml.replace(from, to);

async function refuses(change: (yaml: string) => string, problem: { line?: number; path: string; says: string }) {
  const problems = await scoringProblems(change);
  expect(problems).toEqual([
    {
      file,
      line: problem.line ?? expect.any(Number),
      path: problem.path,
      message: expect.stringContaining(problem.says),
    },
  ]);
}

describe('a slip of the pen is told once, with what was meant', () => {
  // What is written in the new rule, where it is told, and how.
  it.each([
    ['activity: page.viewed, points: 5, scope: perDya', 'scope', 'did you mean "perDay"? write one of: once'],
    ['activity: page.viewed, points: 5', 'scope', 'is missing: add it'],
    ['activity: email.opened, points: 5, scope: once, humanonly: true', 'humanonly', 'did you mean "humanOnly"?'],
    [
      'activity: email.opened, points: 5, scope: once, given: [{ activity: page.viewed, within: 3 }]',
      'given.0.withinDays',
      'is missing',
    ],
    ['activity: page.veiwed, points: 5, scope: once', 'activity', 'did you mean "page.viewed"?'],
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: page.view, withinDays: 3 }]',
      'given.0.activity',
      'did you mean "page.viewed"?',
    ],
    [
      'activity: page.viewed, where: { path: { beginsWith: /a } }, points: 5, scope: once',
      'where.path',
      'write one test, such as',
    ],
    [
      'activity: page.viewed, where: { path: { startWith: /a } }, points: 5, scope: once',
      'where.path',
      'did you mean "startsWith"? write one test',
    ],
    ...[
      ['page.viewed', 'paht', 'path'],
      ['page.viewed', 'page', 'path'],
      ['page.viewed', 'Title', 'title'],
      ['page.viewed', 'referer', 'referrer'],
      ['email.clicked', 'lnik', 'link'],
      ['email.replied', 'message_id', 'messageId'],
      ['email.bounced', 'bouncetype', 'bounceType'],
    ].map(([activity, name, meant]) => [
      `activity: ${activity}, where: { ${name}: { startsWith: /a } }, humanOnly: ${activity === 'email.clicked'}, points: 5, scope: once`,
      `where.${name}`,
      `did you mean "${meant}"?`,
    ]),
    [
      'activity: page.viewed, where: { path: { equals: /a, endsWith: b } }, points: 5, scope: once',
      'where.path',
      'write one test',
    ],
    ['attributes: { company: { oneOf: Acme } }, points: 5', 'attributes.company.oneOf', 'write a list'],
    ['attributes: { company: { exists: true } }, points: 5, scope: once', 'scope', 'means nothing here'],
    ['ignores: { messages: 3 }, points: -5', 'ignores.days', 'is missing'],
    ['activity: page.viewed, points: 0, scope: once', 'points', '0 points never shows'],
    ['activity: page.viewed, points: 5, scope: once, from: 1/10/2026', 'from', 'write a day like 2026-01-31'],
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: page.viewed, withinDays: 400 }]',
      'given.0.withinDays',
      'at most 366 days',
    ],
    [
      'activity: page.viewed, attributes: { company: { exists: true } }, points: 5, scope: once',
      'attributes',
      'a rule has one of activity, attributes, ignores: keep one',
    ],
    [
      'attributes: { company: { exists: true } }, ignores: { messages: 3, days: 9 }, points: 5, group: fit',
      'ignores',
      'keep one',
    ],
    [
      'activity: page.viewed, where: { path: { equals: [/a, /b] } }, points: 5, scope: once',
      'where.path.equals',
      'for several write { oneOf: [/a, /b] }',
    ],
    ['attributes: { company: { notEquals: [A] } }, points: 5', 'attributes.company.notEquals', '{ noneOf: [A] }'],
    [
      'attributes: { company: { oneOf: [[A]] } }, points: 5',
      'attributes.company.oneOf.0',
      'write one text, one number',
    ],
    ['points: 5', '', 'write a rule with `activity:`, with `attributes:` or with `ignores:`'],
  ])('%s', async (rule, at, says) => {
    const problems = await scoringProblems(withRule(rule));
    const path = at === '' ? 'rules.0' : `rules.0.${at}`;
    expect(problems).toContainEqual({ file, line: firstRule, path, message: expect.stringContaining(says) });
    expect(problems.length).toBeLessThanOrEqual(2);
  });
});

describe('a rule that can never fire is refused', () => {
  it.each([
    ['from: 2026-05-01, until: 2026-04-01, activity: deal.won, points: 5, scope: once', 'until', 'write a later day'],
    [
      'from: 2026-05-01, until: 2026-05-01, activity: deal.won, points: 5, scope: once',
      'until',
      'no day is from 2026-05-01',
    ],
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: page.viewed, withinDays: 2, apartHours: 48 }]',
      'given.0.apartHours',
      'write less than 48',
    ],
    [
      'activity: track.bought, where: { price: { between: [9, 1] } }, points: 5, scope: always',
      'where.price',
      'write [1, 9]',
    ],
    [
      'activity: page.viewed, where: { path: { startsWith: pricing } }, points: 5, scope: perDay',
      'where.path',
      'write /pricing',
    ],
    [
      'activity: page.viewed, where: { path: { oneOf: [/a, b] } }, points: 5, scope: perDay',
      'where.path',
      '"b" does not: write /b',
    ],
    [
      'activity: page.viewed, where: { path: { equals: "https://orchard.example/pricing" } }, points: 5, scope: perDay',
      'where.path',
      'write /pricing',
    ],
    [
      'activity: page.viewed, where: { path: { contains: "?plan=" } }, points: 5, scope: perDay',
      'where.path',
      'ends before ? and #',
    ],
    ['activity: page.viewed, where: { path: { above: 5 } }, points: 5, scope: perDay', 'where.path', 'path is a text'],
    [
      'activity: email.clicked, where: { link: { startsWith: /pricing } }, humanOnly: true, points: 5, scope: once',
      'where.link',
      'write { contains: /pricing }',
    ],
    [
      'activity: email.bounced, where: { bounceType: { equals: permanent } }, points: -5, scope: once',
      'where.bounceType',
      'did you mean "Permanent"?',
    ],
    [
      'activity: form.submitted, where: { funnelStage: { equals: SOFU } }, points: 5, scope: once',
      'where.funnelStage',
      'there is no funnelStage "SOFU": did you mean "TOFU"?',
    ],
    [
      'activity: form.submitted, where: { funnelStage: { startsWith: top } }, points: 5, scope: once',
      'where.funnelStage',
      'no funnelStage is like that',
    ],
    [
      'activity: form.submitted, where: { magnet: { equals: ebook } }, points: 5, scope: once',
      'where.magnet',
      'did you mean "e-book"?',
    ],
    [
      'activity: form.submitted, where: { form: { oneOf: [demo, webinars] } }, points: 5, scope: once',
      'where.form',
      'there is no form "webinars": did you mean "webinar"?',
    ],
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: form.submitted, where: { form: { equals: ebok } }, withinDays: 9 }]',
      'given.0.where.form',
      'did you mean "ebook"?',
    ],
    [
      'activity: form.submitted, where: { solution: { equals: "true" } }, points: 5, scope: once',
      'where.solution',
      'write true or false, without quotes',
    ],
    [
      'activity: form.submitted, where: { permits: { equals: marketing } }, points: 5, scope: once',
      'where.permits',
      'write { contains:',
    ],
    [
      'activity: form.submitted, where: { droppedFields: { contains: "1" } }, points: 5, scope: once',
      'where.droppedFields',
      'is a number',
    ],
    [
      'activity: form.submitted, where: { company: { equals: Acme } }, points: 5, scope: once',
      'where.company',
      'tested by a rule with attributes:',
    ],
    [
      'activity: form.submitted, where: { form: { equals: ebook }, funnelStage: { equals: BOFU } }, points: 5, scope: once',
      'where',
      'the form ebook has funnelStage TOFU',
    ],
    [
      'activity: form.submitted, where: { funnelStage: { equals: TOFU }, solution: { equals: true } }, points: 5, scope: once',
      'where',
      'no form is all of this (funnelStage, solution)',
    ],
    ['activity: score.adjusted, points: 5, scope: always', 'activity', 'brings its own points'],
    ['activity: track.call.made, points: 5, scope: once', 'activity', 'write track.call-made'],
    [
      'activity: page.viewed, where: { search: { contains: gclid } }, points: 5, scope: once',
      'where.search',
      'not kept of what is tracked',
    ],
    [
      'activity: track.asked, where: { email: { endsWith: .edu } }, points: 5, scope: once',
      'where.email',
      'not kept of what is tracked',
    ],
    ...['_source', 'a/b', 'constructor', 'x'.repeat(65)].map((name) => [
      `activity: track.asked, where: { ${name}: { exists: true } }, points: 5, scope: once`,
      `where.${name}`,
      'no activity keeps a property called',
    ]),
    [
      'activity: email.clicked, where: { link: { contains: ripen_lid } }, humanOnly: true, points: 5, scope: once',
      'where.link',
      'kept apart from the link',
    ],
    ...['endsWith: /p/machines', 'endsWith: /p/machines/', 'equals: "https://go.orchard.example/p/machines"'].map(
      (test) => [
        `activity: email.clicked, where: { link: { ${test} } }, humanOnly: true, points: 5, scope: once`,
        'where.link',
        'only machines see the link',
      ],
    ),
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: email.clicked, where: { link: { endsWith: /p/machines } }, withinDays: 9 }]',
      'given.0.where.link',
      'only machines see the link',
    ],
  ])('%s', (rule, at, says) => refuses(withRule(rule), { line: firstRule, path: `rules.0.${at}`, says }));

  it.each([
    ['attributes: { size: { equals: large } }, points: 5', 'attributes.size', 'no form asks for "size"'],
    ['attributes: { indutry: { equals: Retail } }, points: 5', 'attributes.indutry', 'did you mean "industry"?'],
    ['attributes: { email: { endsWith: .edu } }, points: 5', 'attributes.email', 'the address itself is not scored'],
    ['attributes: { revenue: { atLeast: "9" } }, points: 5', 'attributes.revenue.atLeast', 'write a number'],
    ['attributes: { revenue: { equals: "9" } }, points: 5', 'attributes.revenue', 'write it without quotes'],
    ['attributes: { revenue: { startsWith: "9" } }, points: 5', 'attributes.revenue', 'atLeast, atMost'],
    [
      'attributes: { country: { oneOf: [BR, Portugal] } }, points: 5',
      'attributes.country',
      'write PT instead of Portugal',
    ],
  ])('%s', (rule, at, says) => refuses(withRule(rule), { line: firstRule, path: `rules.0.${at}`, says }));

  it('on an option that a select does not offer', async () => {
    const folder = await aPlaybook(file, withRule('attributes: { industry: { equals: Retial } }, points: 5'));
    const forms = join(folder, 'forms.yaml');
    const asked = 'name: industry\n        type: select\n        options: [Retail, Health]';
    await writeFile(
      forms,
      (await readFile(forms, 'utf8')).replace(/name: industry\n *type: text\n *maxLength: \d+/, asked),
    );
    expect(await problemsOf(folder)).toEqual([
      {
        file,
        line: firstRule,
        path: 'rules.0.attributes.industry',
        message: 'there is no industry "Retial": did you mean "Retail"?',
      },
    ]);
  });
});

describe('a rule that pays for what it is not about is refused', () => {
  it.each([
    ['activity: page.viewed, points: 5, scope: perMessage', 'scope', 'about no message: write once, perDay or always'],
    ['activity: email.opened, humanOnly: true, points: 5, scope: perMessageAndLink', 'scope', 'write perMessage'],
    ['activity: page.viewed, points: 5, scope: perMessageAndLink', 'scope', 'no message and no link'],
    ['activity: form.submitted, points: 5, scope: perSubject', 'scope', 'names no subject'],
    [
      'activity: page.viewed, humanOnly: true, points: 5, scope: perDay',
      'humanOnly',
      'only opens and clicks are judged',
    ],
    ['activity: email.clicked, points: 5, scope: perMessage', 'activity', 'add humanOnly: true'],
    [
      'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: email.opened, withinDays: 9 }]',
      'given.0.activity',
      'block images',
    ],
    ['attributes: {}, points: 5', 'attributes', 'holds for everybody'],
    ['ignores: { messages: 3, days: 9 }, points: 5', 'points', 'write -5'],
    [
      'activity: deal.won, points: 25, limit: 10, scope: always',
      'limit',
      'of 25 points only 10 would ever count: write a limit of at least 25',
    ],
    ['activity: deal.won, points: -25, limit: 10, scope: always', 'limit', 'at least 25'],
  ])('%s', (rule, at, says) => refuses(withRule(rule), { line: firstRule, path: `rules.0.${at}`, says }));

  it('under the name of points given by hand', () =>
    refuses(replaced('id: subscribed', 'id: adjusted-by-hand'), { path: 'rules.0.id', says: 'choose another' }));

  it('twice under one name', () =>
    refuses(replaced('id: cancelled-appointment', 'id: subscribed'), {
      line: lineOf(file, 'id: cancelled-appointment'),
      path: 'rules.1.id',
      says: '"subscribed" is used twice',
    }));
});

describe('levels that cannot be are refused', () => {
  const threshold = lineOf(file, 'threshold: 50');
  it.each([
    [
      'threshold: 50 # sales must get the lead at this score, with a buying signal\nrearmBelow: 40',
      'threshold: 0\nrearmBelow: 0',
      threshold,
      'threshold',
      'from the start',
    ],
    ['rearmBelow: 40', 'rearmBelow: 60', threshold + 1, 'rearmBelow', 'not above the threshold'],
    ['  warm: 25', '  warm: 50', lineOf(file, '  warm: 25'), 'ratings.warm', 'below hot (50)'],
    ['  warm: 25', '  warm: 0', lineOf(file, '  warm: 25'), 'ratings.warm', 'from the start'],
    ['margin: 2 ', 'margin: 25 ', lineOf(file, 'margin: 2'), 'ratings.margin', 'the ratings overlap'],
    ['margin: 2 ', 'margin: -1 ', lineOf(file, 'margin: 2'), 'ratings.margin', 'write a number of at least 0'],
    [
      'halfLifeDays: 60',
      'halfLifeDays: -60',
      lineOf(file, 'halfLifeDays: 60'),
      'groups.engagement.halfLifeDays',
      'from 1 up, or none',
    ],
    [
      'halfLifeDays: 60',
      'halfLifeDays: 0',
      lineOf(file, 'halfLifeDays: 60'),
      'groups.engagement.halfLifeDays',
      'from 1 up, or none',
    ],
    [
      'halfLifeDays: 60',
      'halfLifeDays: never',
      lineOf(file, 'halfLifeDays: 60'),
      'groups.engagement.halfLifeDays',
      'from 1 up, or none',
    ],
    ['threshold: 50', 'floor: 50\nthreshold: 50', threshold, 'floor', 'at the threshold (50) for ever'],
    ['threshold: 50', 'floor: 40\nthreshold: 50', threshold, 'floor', 'cross the threshold once only'],
    ['threshold: 50', 'floor: 23\nthreshold: 50', threshold, 'floor', 'stay warm for ever: write a number below 23'],
    ['certainFrom: 0.5', 'certainFrom: 2', lineOf(file, 'certainFrom'), 'machines.certainFrom', 'at most 1'],
  ])('%s → %s', (from, to, line, path, says) => refuses(replaced(from, to), { line, path, says }));

  it('a rearmBelow that no minus points bring anybody below', async () => {
    const few = (rearmBelow: number) => (yaml: string) =>
      yaml.replace('scope: perSubject', 'scope: once').replace('rearmBelow: 40', `rearmBelow: ${rearmBelow}`);
    // -5, -20 and -25 are all there is.
    await refuses(few(-50), { line: threshold + 1, path: 'rearmBelow', says: 'take away at most 50' });
    expect(await scoringProblems(few(-49))).toEqual([]);
    expect(await scoringProblems(few(0))).toEqual([]);
    const unlimited = replaced('rearmBelow: 40', 'rearmBelow: -500');
    expect(await scoringProblems(unlimited)).toEqual([]);
    const floored = (yaml: string) => unlimited(yaml).replace('threshold: 50', 'floor: -20\nthreshold: 50');
    await refuses(floored, { path: 'floor', says: 'never get below rearmBelow (-500)' });
  });

  it.each(['Mozilla', 'safari', 'Firefox', 'iPhone', 'Edg/', 'Windows NT'])('a scanner called %s', (part) =>
    refuses(replaced('userAgents: []', `userAgents: [ExampleMailGuard, ${part}]`), {
      path: 'machines.userAgents.1',
      says: `nearly everybody's browser says "${part}"`,
    }),
  );

  it('a margin that no warm lead gets out of', () =>
    refuses((yaml) => yaml.replace('warm: 25', 'warm: 10').replace('margin: 2 ', 'margin: 10 '), {
      path: 'ratings.margin',
      says: 'never be cold again',
    }));

  it('a group that counts less than one of its rules', async () => {
    const change = (yaml: string) =>
      yaml
        .replace('halfLifeDays: 60', 'limit: 20\n    halfLifeDays: 60')
        .replace(/threshold: 50|hot: 50/g, (level) => level.replace('50', '20'))
        .replace('rearmBelow: 40', 'rearmBelow: 15')
        .replace('warm: 25', 'warm: 10');
    await refuses(change, { path: 'groups.engagement.limit', says: '"booked-consultation" alone brings 25 points' });
  });

  it('a threshold that all rules together do not reach', async () => {
    const limited = (yaml: string) => yaml.replace('halfLifeDays: 60', 'limit: 45\n    halfLifeDays: 60');
    const problems = await scoringProblems(limited);
    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      ['threshold', 'no lead can ever reach it: all rules together bring at most 45. Write less, or raise a limit'],
      ['ratings.hot', expect.stringContaining('no lead can ever reach it')],
    ]);
  });
});

describe('signals that cannot be meant are refused', () => {
  it.each([
    ['buyingSignals: [pricing-page', 'buyingSignals: [pricing', 'buyingSignals.0', 'there is no signal "pricing"'],
    ['iql: [information-form]', 'iql: [information]', 'milestones.iql.0', 'there is no signal "information"'],
    ['iql: [information-form]', 'iqll: [information-form]', 'milestones.iqll', 'did you mean "iql"?'],
    [
      'funnelStage: { equals: TOFU }',
      'funnelStage: { equals: TOFO }',
      'signals.information-form.where.funnelStage',
      'did you mean "TOFU"?',
    ],
    [
      'activity: chat.started\n',
      'activity: email.clicked\n',
      'explicitRequests.3',
      'a scanner would give the signal "chat"',
    ],
    ['activity: deal.won\n', 'activity: email.opened\n    humanOnly: true\n', 'milestones.customer.0', 'block images'],
    [
      'activity: deal.won\n',
      'activity: deal.won\n    humanOnly: true\n',
      'signals.won.humanOnly',
      'take humanOnly out',
    ],
  ])('%s → %s', (from, to, path, says) => refuses(replaced(from, to), { path, says }));
});

const noSignals =
  (...names: string[]) =>
  (yaml: string) =>
    names.reduce((text, name) => text.replace(new RegExp(`${name}: \\[[^\\]]*\\]`), `${name}: []`), yaml);

describe('somebody must get to sales', () => {
  it('by a signal or by a request', () =>
    refuses(noSignals('buyingSignals', 'explicitRequests'), { path: 'buyingSignals', says: 'never get anybody' }));

  it.each(['buyingSignals', 'explicitRequests'])('%s alone may be empty', async (name) =>
    expect(await scoringProblems(noSignals(name))).toEqual([]),
  );
});

describe('a disqualifier that holds for everybody is refused', () => {
  it.each([
    ['{}', 'attributes', 'name an attribute'],
    ['{ country: { noneOf: [BR] } }', 'attributes', 'everybody who has not told their country'],
    ['{ company: { exists: false } }', 'attributes', 'everybody who has not told their company'],
    ['{ revenu: { below: 100000 } }', 'attributes.revenu', 'did you mean "revenue"?'],
  ])('%s', (attributes, at, says) => refuses(withDisqualifier(attributes), { path: `disqualify.0.${at}`, says }));

  it('and so is one with the name of a rule', () =>
    refuses(
      (yaml) => withDisqualifier('{ revenue: { below: 100000 } }')(yaml).replace('id: no-buyer', 'id: subscribed'),
      { path: 'disqualify.0.id', says: 'used twice' },
    ));

  it('but not the shipped example', async () => {
    const folder = await aPlaybook(file, withDisqualifier('{ revenue: { below: 100000 } }'));
    expect((await compilePlaybook(folder)).parts.scoring.disqualify).toHaveLength(1);
  });
});

describe('what is sensitive is off unless the account opts in', () => {
  it.each([
    [withRule('attributes: { gender: { equals: f } }, points: 5'), 'rules.0.attributes.gender'],
    [withRule('attributes: { DateOfBirth: { before: 1990-01-01 } }, points: 5'), 'rules.0.attributes.DateOfBirth'],
    [
      withRule('activity: track.asked, where: { number_of_children: { above: 1 } }, points: 5, scope: once'),
      'rules.0.where.number_of_children',
    ],
    [withDisqualifier('{ nationality: { equals: x } }'), 'disqualify.0.attributes.nationality'],
  ])('%#', (change, path) => refuses(change, { path, says: 'in account.yaml' }));

  it('in a form too: three forms ask for it', async () => {
    const asked = await aPlaybook('forms.yaml', replaced('name: industry', 'name: age'));
    const message =
      'age is sensitive, so it is not kept: take it out, or opt in with sensitiveAttributes: [age] in account.yaml';
    const paths = ['demo', 'consultation', 'trial'].map((form) => `forms.${form}.fields.5.name`);
    expect(await problemsOf(asked)).toEqual(
      paths.map((path) => ({ file: 'forms.yaml', line: expect.any(Number), path, message })),
    );
  });

  it('and on by its name', async () => {
    const optedIn = await aPlaybook('account.yaml', replaced('# sensitiveAttributes', 'sensitiveAttributes'));
    const forms = join(optedIn, 'forms.yaml');
    await writeFile(forms, (await readFile(forms, 'utf8')).replace('name: industry', 'name: age'));
    expect((await compilePlaybook(optedIn)).parts.account.sensitiveAttributes).toEqual(['age']);
  });
});

describe('but what can be, may be', () => {
  it.each([
    'activity: page.viewed, where: { path: { endsWith: /demo } }, points: 5, scope: perDay',
    // Whatever a site sends with it.
    'activity: page.viewed, where: { plan: { equals: pro }, game: { exists: true }, keywords: { contains: a } }, points: 5, scope: perDay',
    'activity: email.replied, where: { sender: { contains: ana } }, points: 5, scope: perMessage',
    'activity: email.clicked, where: { link: { contains: pricing } }, humanOnly: true, points: 5, scope: perMessage',
    'activity: form.submitted, where: { funnelStage: { notEquals: TOFU }, form: { noneOf: [demo] } }, points: 5, scope: perDay',
    'activity: form.submitted, where: { permits: { contains: marketing } }, points: 5, scope: once',
    'activity: track.bought, where: { form: { equals: anything }, price: { atLeast: 5 } }, points: 5, scope: perMessageAndLink',
    'attributes: { country: { noneOf: [BR, PT] } }, points: -5',
    'attributes: { revenue: { between: [100000, 5000000] }, company: { exists: true } }, points: 20',
    'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: page.viewed, withinDays: 2, apartHours: 47 }]',
    'activity: email.opened, points: -1, scope: perDay',
    'activity: email.clicked, where: { link: { endsWith: /p/machines } }, points: -1, scope: once',
    'activity: email.clicked, where: { link: { contains: /p/machines-we-sell } }, humanOnly: true, points: 5, scope: once',
    'activity: page.viewed, points: 5, scope: perDay, given: [{ activity: email.clicked, withinDays: 9 }]',
    // Kept as it was sent: a name with a dot in it is one name.
    'activity: track.bought, where: { plan.name: { equals: pro } }, points: 5, scope: once',
  ])('%s', async (rule) => {
    expect(await scoringProblems(withRule(rule))).toEqual([]);
  });

  it('the examples that the shipped file shows', async () => {
    const [before = '', examples = ''] = (await readFile(join(shippedPlaybook, file), 'utf8')).split('  # To try out');
    const shown = () => `${before}  # To try out${examples.replaceAll(/^( *)# ( *(?:- |[\w-]+:))/gm, '$1$2')}`;
    const { parts } = await compilePlaybook(await aPlaybook(file, shown));
    expect(parts.scoring.rules.map(({ id }) => id).slice(10)).toEqual([
      'right-industry',
      'came-back',
      'watched-webinar',
    ]);
    expect(parts.scoring.disqualify.map(({ id }) => id)).toEqual(['too-small']);
  });
});
