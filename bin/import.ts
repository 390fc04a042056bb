import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { formOf } from '../functions/capture/form.ts';
import type { ImportedReason } from '../functions/consent/suppress-lead.ts';
import { ActivityType, operatorActivityTypes, type Purpose } from '../functions/leads/activity.ts';
import { columnMap } from './import/columns.ts';
import { type CsvFile, openCsv } from './import/csv.ts';
import { importRows } from './import/import-rows.ts';
import { consentOption, deriveOption, ImportError, mapOption, suppressOption } from './import/options.ts';
import { openPipeline, type Pipeline } from './import/pipeline.ts';
import { planText } from './import/plan-text.ts';
import type { ImportPlan } from './import/read-row.ts';
import { type TimedReport, tellReport } from './import/tell-report.ts';
import { complaint } from './local/start-error.ts';
import { unknownActivity } from './playbook/activity-name.ts';
import { compilePlaybook, type PlaybookParts } from './playbook/compile.ts';

// Lambda lives in UTC, and threads share the zone of their process.
process.env.TZ = 'UTC';

interface Options {
  readonly form?: string;
  readonly activity?: string;
  readonly map?: ReadonlyMap<string, string>;
  readonly derive?: { readonly column: string; readonly domain: string };
  readonly consent?: readonly Purpose[];
  readonly evidence?: string;
  readonly suppress?: ImportedReason;
  readonly live?: boolean;
  readonly quiet?: boolean;
  readonly data: string;
  readonly playbook: string;
}

const command = new Command('npm run import --')
  .description('Brings a CSV of leads or activities through the capture workflow. Running it twice adds nothing.')
  .argument('<file>', 'the CSV; its first line names the columns')
  .option('--form <id>', 'each row is a submission of this form')
  .option('--activity <type>', 'each row is an activity of this type, such as deal.won')
  .option('--map <field=Column>', 'which column holds a field, where the names differ; repeatable', mapOption)
  .option('--derive <email=Column@example.invalid>', 'a stable stand-in address, for files without one', deriveOption)
  .option('--consent <marketing=granted>', 'what these people agreed to; needs --evidence; repeatable', consentOption)
  .option(
    '--suppress <reason>',
    'nothing may be sent to these: bounce, complaint, unsubscribe; needs --evidence',
    suppressOption,
  )
  .option('--evidence <text>', 'where and how they agreed, or refused')
  .option('--live', 'rows older than 7 days, too, start e-mails and hand-offs')
  .option('--quiet', 'no row starts e-mails or hand-offs, whatever its date')
  .option('--data <folder>', 'where the pipeline keeps everything', '.ripen')
  .option('--playbook <folder>', "marketing's playbook", 'playbook')
  .addHelpText(
    'after',
    `
Rows of the last 7 days, and rows without a date, are news: those people get e-mail, and sales hears of them.
With --quiet nothing starts; with --live the older rows start it too.
A row that cannot be taken is reported, and the others go on: exit code 0. It is 1 when the command cannot mean
anything, when the file cannot be read to its end, and when not one row was taken.`,
  )
  .action(main);

try {
  await command.parseAsync();
} catch (error) {
  console.error(complaint(error));
  process.exit(1);
}

async function main(file: string, options: Options): Promise<void> {
  const { parts } = await compilePlaybook(options.playbook);
  const csv = await openCsv(file).catch((error: unknown) => {
    throw new ImportError(`cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  });
  // Everything that can be wrong with the command is found before anything is started.
  const plan = planOf(csv, options, parts);
  console.log(planText(plan));
  const pipeline = await openPipeline(options);
  console.log(pipeline.place);
  const report = await run(csv, { ...plan, now: await pipeline.now() }, pipeline);
  await pipeline.close();
  await tellReport(report, { file, data: options.data, place: pipeline.place });
  process.exit(report.endedEarly || (report.accepted === 0 && report.rows > 0) ? 1 : 0);
}

function planOf(csv: CsvFile, options: Options, { forms, account }: PlaybookParts): Omit<ImportPlan, 'now'> {
  const of = options.suppress === undefined ? subjectOf(options, forms) : refusalsOf(options, options.suppress);
  const fields = of.kind === 'form' ? of.form.fields : [];
  const map = mapped(() => columnMap(csv.columns, fields, options.map ?? new Map()));
  const { derive, consent = [], evidence } = options;
  if (derive && !csv.columns.includes(derive.column))
    throw new ImportError(`--derive: there is no column ${derive.column}; the file has ${csv.columns.join(', ')}`);
  if (!derive && !map.has('email') && !map.has('userId') && !map.has('anonymousId'))
    throw new ImportError(
      'no column holds an e-mail address: name it with --map email=Column, or stand in with --derive',
    );
  if (of.kind === 'suppression' && !map.has('email'))
    throw new ImportError(
      'no column holds the e-mail addresses that are not to be mailed: name it with --map email=Column',
    );
  if (consent.length > 0 && !evidence?.trim())
    throw new ImportError('--consent needs --evidence: say where and how these people agreed, for whoever asks later');
  if (options.live && options.quiet) throw new ImportError('--live or --quiet: one of the two');
  return {
    of,
    columns: csv.columns,
    map,
    derive,
    consents: consent.map((purpose) => ({ purpose, status: 'granted', evidence: (evidence ?? '').slice(0, 1024) })),
    starting: options.live ? 'every row' : options.quiet ? 'no row' : 'recent rows',
    sensitiveAttributes: account.sensitiveAttributes,
    language: account.language,
    timeZone: account.timeZone,
  };
}

function mapped<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw new ImportError(error instanceof Error ? error.message : String(error));
  }
}

function refusalsOf(
  { form, activity, consent, derive, live, evidence }: Options,
  reason: ImportedReason,
): ImportPlan['of'] {
  if (form ?? activity ?? consent ?? derive ?? live)
    throw new ImportError('--suppress stands alone: a list of refusals is no list of leads');
  if (!evidence?.trim())
    throw new ImportError(
      '--suppress needs --evidence: say where and how these people refused, for whoever asks later',
    );
  return { kind: 'suppression', reason, evidence: evidence.trim().slice(0, 1000) };
}

function subjectOf({ form: formId, activity }: Options, forms: PlaybookParts['forms']): ImportPlan['of'] {
  if ((formId === undefined) === (activity === undefined))
    throw new ImportError('say what the rows are: --form ID or --activity TYPE, one of the two');
  if (formId !== undefined) {
    const form = formOf(forms, formId);
    if (form) return { kind: 'form', formId, form };
    throw new ImportError(`there is no form ${formId}: use one of ${Object.keys(forms.forms).join(', ')}`);
  }
  const type = ActivityType.safeParse(activity).data;
  if (type === undefined)
    throw new ImportError(`--activity ${activity}: write a type such as deal.won or track.call-made`);
  const unknown = unknownActivity(type);
  if (unknown !== undefined) throw new ImportError(`--activity: ${unknown}`);
  if (operatorActivityTypes.includes(type))
    throw new ImportError(`--activity ${type}: only a person of the team records this, on the lead's page`);
  if (type === 'form.submitted') throw new ImportError('a submission belongs to a form: use --form ID');
  return { kind: 'activity', type };
}

/** Reads and publishes with a bar over the bytes, then waits with a bar over what the pipeline has left to do. */
async function run(csv: CsvFile, plan: ImportPlan, pipeline: Pipeline): Promise<TimedReport> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const reading = bar('Reading   {bar} {percentage} % | {rows} rows');
  let rows = 0;
  reading.start(csv.bytes, 0, { rows });
  const report = await importRows(csv.rows, plan, {
    publish: pipeline.publish,
    onRow: () => reading.update(csv.bytesRead(), { rows: ++rows }),
  });
  reading.stop();
  const captureSeconds = seconds();

  const recording = bar('Recording {bar} {percentage} % | {left} messages left');
  let most = 1;
  recording.start(most, 0, { left: '…' });
  await pipeline.settle((left) => {
    most = Math.max(most, left);
    recording.setTotal(most);
    recording.update(most - left, { left });
  });
  recording.stop();
  return { ...report, captureSeconds, seconds: seconds() };
}

function bar(format: string): SingleBar {
  const style = { barCompleteChar: '█', barIncompleteChar: '░', hideCursor: true };
  return new SingleBar({ format, ...style, noTTYOutput: true, notTTYSchedule: 10_000 });
}
