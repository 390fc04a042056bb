import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePlaybook } from '../../bin/playbook/compile.ts';
import { PlaybookError, type PlaybookProblem } from '../../bin/playbook/problem.ts';
import { wrongScoring } from '../../bin/playbook/scoring/scoring-checks.ts';
import { YamlFile } from '../../bin/playbook/yaml-file.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';

export const shippedPlaybook = join(import.meta.dirname, '../../playbook');

/** On which line of a shipped file a text first stands, counted from 1. */
export function lineOf(file: string, text: string): number {
  const content = readFileSync(join(shippedPlaybook, file), 'utf8');
  const at = content.indexOf(text);
  if (at < 0) throw new Error(`${file} does not say ${text}`);
  return content.slice(0, at).split('\n').length;
}

let compiled: ReturnType<typeof compilePlaybook> | undefined;

/** What is wrong with the scoring part once it is changed: as `problemsOf`, without rendering every e-mail anew. */
export async function scoringProblems(change: (content: string) => string): Promise<readonly PlaybookProblem[]> {
  compiled ??= compilePlaybook(shippedPlaybook);
  const { parts } = await compiled;
  const yaml = new YamlFile('scoring.yaml', change(readFileSync(join(shippedPlaybook, 'scoring.yaml'), 'utf8')));
  const scoring = yaml.parse(ScoringModel);
  if (!scoring) return yaml.problems;
  return wrongScoring({ ...parts, scoring }).map(({ path, message }) => yaml.at(path, message));
}

const folders: string[] = [];

/** The shipped playbook with one file changed. */
export async function aPlaybook(file: string, change: (content: string) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ripen-playbook-'));
  folders.push(folder);
  await cp(shippedPlaybook, folder, { recursive: true });
  const before = await readFile(join(folder, file), 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the change does nothing to ${file}`);
  await writeFile(join(folder, file), after);
  return folder;
}

export async function removePlaybooks(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

export async function problemsOf(folder: string): Promise<readonly PlaybookProblem[]> {
  const error = await compilePlaybook(folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlaybookError)) throw new Error(`expected a PlaybookError, not ${error}`);
  return error.problems;
}
