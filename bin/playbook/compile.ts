import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { Forms } from '../../functions/capture/form.ts';
import { Team } from '../../functions/handoff/team.ts';
import { Account } from '../../functions/leads/account.ts';
import { stableId } from '../../functions/leads/lead-id.ts';
import { MetricSettings } from '../../functions/metrics/metric.ts';
import type { EmailTemplates } from '../../functions/nurture/email-template.ts';
import { Sequence, type Sequences } from '../../functions/nurture/sequence.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { compileEmail } from './email-file.ts';
import { PlaybookError, type PlaybookProblem } from './problem.ts';
import { YamlFile } from './yaml-file.ts';

/** The playbook as the functions carry it: each part as its room's schema gives it. */
export interface PlaybookParts {
  readonly account: Account;
  readonly forms: Forms;
  readonly scoring: ScoringModel;
  readonly sequences: Sequences;
  readonly emails: EmailTemplates;
  readonly team: Team;
  readonly metrics: MetricSettings;
}

/**
 * Reads, checks and compiles a playbook folder. `version` is a hash of what it says: comments and layout do not change it.
 *
 * @throws PlaybookError naming file, line, path and the mend for everything that is wrong.
 */
export async function compilePlaybook(folder: string): Promise<{ version: string; parts: PlaybookParts }> {
  const problems: PlaybookProblem[] = [];
  const read = async <Schema extends z.ZodType>(file: string, schema: Schema) => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    if (text === undefined) {
      problems.push({ file, line: 1, path: '', message: 'is missing: copy the one of the shipped playbook' });
      return undefined;
    }
    const yaml = new YamlFile(file, text);
    const content = yaml.parse(schema);
    problems.push(...yaml.problems);
    return content;
  };

  const account = await read('account.yaml', Account);
  const forms = await read('forms.yaml', Forms);
  const scoring = await read('scoring.yaml', ScoringModel);
  const team = await read('team.yaml', Team);
  const metrics = await read('metrics.yaml', MetricSettings);
  const sequences: Sequences = [];
  for (const file of filesIn(folder, 'sequences/*.yaml')) {
    const sequence = await read(file, Sequence);
    if (sequence) sequences.push(sequence);
  }
  const emails: EmailTemplates = [];
  for (const file of filesIn(folder, 'emails/*.mjml')) {
    const compiled = await compileEmail(folder, file);
    problems.push(...compiled.problems);
    if (compiled.email) emails.push(compiled.email);
  }

  if (problems.length > 0 || !account || !forms || !scoring || !team || !metrics)
    throw new PlaybookError(folder, problems);
  const parts = { account, forms, scoring, sequences, emails, team, metrics };
  return { version: stableId('playbook', JSON.stringify(parts)), parts };
}

function filesIn(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}
