import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { compilePlaybook } from './playbook/compile.ts';
import { PlaybookError } from './playbook/problem.ts';
import { jsonSchemas } from './playbook/schemas.ts';
import { summaryOf } from './playbook/scoring/summary.ts';

const program = new Command('playbook').description(
  'What marketing owns: scoring, forms, sequences, e-mails, team, metrics',
);

program
  .command('check')
  .description('read the playbook and say what is wrong with it, file and line (exit 1), or what its scoring means')
  .argument('[folder]', 'the playbook', 'playbook')
  .action(async (folder: string) => {
    const { version, parts } = await compilePlaybook(folder);
    const forms = Object.keys(parts.forms.forms).length;
    console.log(
      `The playbook in ${folder} is right: ${forms} forms, ${parts.scoring.rules.length} scoring rules, ` +
        `${parts.sequences.length} sequences, ${parts.emails.length} e-mails, ${parts.team.reps.length} reps. Version ${version}`,
    );
    console.log(`\n${summaryOf(parts.scoring)}`);
  });

program
  .command('schema')
  .description('write the JSON Schemas that editors check the playbook against')
  .argument('[folder]', 'the playbook', 'playbook')
  .action(async (folder: string) => {
    await mkdir(join(folder, 'schema'), { recursive: true });
    for (const [file, schema] of jsonSchemas()) await writeFile(join(folder, 'schema', file), schema);
    console.log(`Wrote ${[...jsonSchemas().keys()].join(', ')} to ${join(folder, 'schema')}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof PlaybookError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
