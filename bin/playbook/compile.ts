import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type * as z from 'zod';
import { Forms } from '../../functions/capture/form.ts';
import { FollowUpPlan } from '../../functions/handoff/follow-up-plan.ts';
import { Team } from '../../functions/handoff/team.ts';
import { Account } from '../../functions/leads/account.ts';
import { stableId } from '../../functions/leads/lead-id.ts';
import { MetricSettings } from '../../functions/metrics/metric.ts';
import type { EmailTemplates } from '../../functions/nurture/email-template.ts';
import { Sequence, type Sequences } from '../../functions/nurture/sequence.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { mismatches } from './cross-checks.ts';
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
  readonly 'follow-up': FollowUpPlan;
  readonly metrics: MetricSettings;
}

/** Raise it when the scoring code makes something else of the same model: every lead is then folded anew from its ledger. */
const foldVersion = 1;

/**
 * Reads, checks and compiles a playbook folder. `version` is a hash of what it says: comments and layout do not change it.
 * `modelVersion` is a hash of what scores depend on and of nothing else: a new word in an e-mail must not score everybody anew.
 *
 * @throws PlaybookError naming file, line, path and the mend for everything that is wrong.
 */
export async function compilePlaybook(
  folder: string,
): Promise<{ version: string; modelVersion: string; parts: PlaybookParts }> {
  const files = new PlaybookFiles(folder);
  const account = await files.read('account.yaml', Account);
  const forms = await files.read('forms.yaml', Forms);
  const scoring = await files.read('scoring.yaml', ScoringModel);
  const team = await files.read('team.yaml', Team);
  const followUp = await files.read('follow-up.yaml', FollowUpPlan);
  const metrics = await files.read('metrics.yaml', MetricSettings);
  const sequences = await readSequences(files);
  const emails = await readEmails(files, forms);

  if (files.problems.length > 0 || !account || !forms || !scoring || !team || !followUp || !metrics)
    throw new PlaybookError(folder, files.problems);
  const parts = { account, forms, scoring, sequences, emails, team, 'follow-up': followUp, metrics };
  for (const { file, path, message } of mismatches(parts)) files.report(file, path, message);
  if (files.problems.length > 0) throw new PlaybookError(folder, files.problems);
  return {
    version: stableId('playbook', JSON.stringify(parts)),
    modelVersion: stableId('model', String(foldVersion), JSON.stringify(scoring), account.timeZone),
    parts,
  };
}

/** The folder, and everything that was found wrong in it so far. */
class PlaybookFiles {
  readonly folder: string;
  readonly problems: PlaybookProblem[] = [];
  readonly #files = new Map<string, YamlFile>();

  constructor(folder: string) {
    this.folder = folder;
  }

  async read<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema> | undefined> {
    const text = await readFile(join(this.folder, file), 'utf8').catch(() => undefined);
    if (text === undefined) {
      this.problems.push({ file, line: 1, path: '', message: 'is missing: copy the one of the shipped playbook' });
      return undefined;
    }
    const yaml = new YamlFile(file, text);
    this.#files.set(file, yaml);
    const content = yaml.parse(schema);
    this.problems.push(...yaml.problems);
    return content;
  }

  report(file: string, path: readonly (string | number)[], message: string): void {
    const yaml = this.#files.get(file);
    this.problems.push(yaml?.at(path, message) ?? { file, line: 1, path: path.join('.'), message });
  }

  list(pattern: string): string[] {
    return globSync(pattern, { cwd: this.folder })
      .map((file) => file.replaceAll('\\', '/'))
      .sort();
  }
}

async function readSequences(files: PlaybookFiles): Promise<Sequences> {
  const sequences: Sequences = [];
  for (const file of files.list('sequences/*.yaml')) {
    const sequence = await files.read(file, Sequence);
    if (!sequence) continue;
    // One name for one thing: with the file named after it, two sequences cannot have one id.
    if (sequence.id !== basename(file, '.yaml'))
      files.report(file, ['id'], `name the file ${sequence.id}.yaml, or the id after the file`);
    sequences.push(sequence);
  }
  return sequences;
}

async function readEmails(files: PlaybookFiles, forms: Forms | undefined): Promise<EmailTemplates> {
  const fields = Object.values(forms?.forms ?? {}).flatMap((form) => form.fields.map(({ name }) => name));
  const emails: EmailTemplates = [];
  for (const file of files.list('emails/*.mjml')) {
    const { email, problems } = await compileEmail(files.folder, file, fields);
    files.problems.push(...problems);
    if (email) emails.push(email);
  }
  return emails;
}
