import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { buildFunctions } from './build.ts';

const root = join(import.meta.dirname, '..');
const outputsFile = join(root, 'dist/outputs.json');
const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

const { stage, playbook, yes } = new Command('deploy')
  .description(
    'Build, deploy every stack of a stage to the account of the current credentials, then walk it with the smoke test',
  )
  .option('--stage <name>', 'a stage of lib/stage.ts', 'dev')
  .option('--playbook <folder>', 'what marketing owns', 'playbook')
  .option('--yes', 'do not ask before permissions are widened', false)
  .parse()
  .opts<{ stage: string; playbook: string; yes: boolean }>();

const { playbookVersion } = await buildFunctions({ playbookFolder: playbook });
console.log(`Deploying ${stage} with playbook ${playbookVersion}`);
await run(join(root, 'node_modules/aws-cdk/bin/cdk'), [
  'deploy',
  '--all',
  ...['--outputs-file', outputsFile],
  ...(yes ? ['--require-approval', 'never'] : []),
]);
const outputs = Outputs.parse(JSON.parse(readFileSync(outputsFile, 'utf8')));
for (const [stack, values] of Object.entries(outputs))
  for (const [name, value] of Object.entries(values))
    if (!isReference(name)) console.log(`${stack}  ${name}  ${value}`);

const baseUrl = outputs[`Ripen-${stage}-web`]?.BaseUrl;
const smoke = join(import.meta.dirname, 'smoke.ts');
if (baseUrl && existsSync(smoke)) await run(smoke, [baseUrl]);

/** Stacks also put out what other stacks refer to; nobody has to read that. */
function isReference(output: string): boolean {
  return output.startsWith('PublishOutput');
}

/** Runs a script of ours with this Node; ends this process with the same code when it fails. */
async function run(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, RIPEN_STAGE: stage },
  });
  const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
  if (code !== 0) process.exit(code);
}
