import { describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { messageName } from '../../../functions/web/message-name.ts';
import { shippedPlaybook } from '../../support/playbook.ts';

const { emails } = (await compilePlaybook(shippedPlaybook)).parts;
const templates = [...new Set(emails.map(({ id }) => id))];

describe.each(['en', 'pt-BR'] as const)('the name of a message, in %s,', (language) => {
  it('is one that people say, for every e-mail that is shipped', () => {
    for (const template of templates)
      expect(messageName(template, language), template).toMatch(
        language === 'en' ? /^(the [a-z ]+|[A-Za-z -]+ e-mail \d[a-z]?(, for .+)?)$/ : /^(o|a) [^“]+$/,
      );
  });

  it('is another for each', () => {
    expect(new Set(templates.map((template) => messageName(template, language))).size).toBe(templates.length);
  });
});

it('is made of its own words where the playbook has its own', () => {
  expect(messageName('after-fair-2', 'en')).toBe('after fair e-mail 2');
  expect(messageName('spring-sale', 'en')).toBe('the e-mail “spring sale”');
  expect(messageName('after-fair-2', 'pt-BR')).toBe('o e-mail 2 de after fair');
  expect(messageName('constructor', 'en')).toBe('the e-mail “constructor”');
});
