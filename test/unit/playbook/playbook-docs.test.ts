import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { mismatches } from '../../../bin/playbook/cross-checks.ts';
import { Account } from '../../../functions/leads/account.ts';
import { EmailTemplate } from '../../../functions/nurture/email-template.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { shippedPlaybook } from '../../support/playbook.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/playbook.md'), 'utf8');
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
const yaml = blocks('yaml');
const sequences = yaml.filter((example) => example.startsWith('# sequences/'));

describe('docs/playbook.md', () => {
  it.each(sequences)('shows sequences that may be written: %#', async (example) => {
    const { parts } = await compilePlaybook(shippedPlaybook);
    const sequence = Sequence.parse(parse(example));
    expect(example).toContain(`# sequences/${sequence.id}.yaml`);
    expect(mismatches({ ...parts, sequences: [...parts.sequences, sequence] })).toEqual([]);
  });

  it('shows how the account holds e-mail back', () => {
    const [example = ''] = yaml.filter((each) => each.startsWith('# account.yaml'));
    const shipped = parse(readFileSync(join(shippedPlaybook, 'account.yaml'), 'utf8'));
    expect(Account.parse({ ...shipped, ...parse(example) }).caps).toEqual({ perDay: 1, perWeek: 3 });
    expect(sequences.length + 1).toBe(yaml.length);
  });

  it('names every sequence that is shipped, in the order of their priority', async () => {
    const { parts } = await compilePlaybook(shippedPlaybook);
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|.*\| (\d+) \|$/gm)].map(([, id, priority]) => [id, priority]);
    const shipped = parts.sequences.toSorted((a, b) => b.priority - a.priority);
    expect(rows).toEqual(shipped.map(({ id, priority }) => [id, String(priority)]));
  });

  it('names only what an e-mail can say', () => {
    const [example = ''] = blocks('html');
    const footer = '{{ account.postalAddress }} {{ preferencesUrl }} {{ unsubscribeUrl }}';
    const parts = { id: 'example', language: 'en', subject: 'An example', html: example + footer, text: footer };
    expect(EmailTemplate.safeParse(parts).error).toBeUndefined();
  });
});
