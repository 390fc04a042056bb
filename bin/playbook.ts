import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { compilePlaybook } from './playbook/compile.ts';
import { PlaybookError } from './playbook/problem.ts';
import { PersonaError, readPersona } from './playbook/rehearse/persona.ts';
import { rehearse } from './playbook/rehearse/rehearse.ts';
import { linesOf } from './playbook/rehearse/transcript.ts';
import { jsonSchemas } from './playbook/schemas.ts';
import { summaryOf } from './playbook/scoring/summary.ts';

const wholeDays = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('write a whole number of days');
  return Number(text);
};

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
  .command('rehearse')
  .description('print what a made-up lead would get, day by day, and when: the production code with a clock that jumps')
  .argument('<sequence>', 'the sequence it is about, such as welcome')
  .requiredOption('--lead <file>', 'who it is: a JSON file such as playbook/personas/ana-sao-paulo.json')
  .option('--days <number>', 'for how long', wholeDays, 30)
  .option('--playbook <folder>', 'the playbook', 'playbook')
  .action(async (sequence: string, { lead, days, playbook }: { lead: string; days: number; playbook: string }) => {
    const persona = await readPersona(lead);
    const { parts } = await compilePlaybook(playbook);
    if (!parts.sequences.some(({ id }) => id === sequence))
      throw new PersonaError(`there is no sequence ${sequence}: ${parts.sequences.map(({ id }) => id).join(', ')}`);
    const startedAt = performance.now();
    const transcript = await quietly(() => rehearse(persona, days, parts));
    const took = Math.round(performance.now() - startedAt);
    console.log(`${persona.name} <${persona.email}>, ${transcript.timeZone}, ${days} days\n`);
    for (const line of linesOf(transcript, sequence)) console.log(line);
    const begun = transcript.scenes.some((scene) => scene.kind === 'begins' && scene.sequence === sequence);
    if (!begun) console.log(`\n${sequence} never begins for this lead: see its entry and its segment.`);
    console.log(`\nRehearsed in ${took} ms.`);
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

/** What the product logs is not part of the transcript. */
async function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof PlaybookError || error instanceof PersonaError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
