import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { chance } from './demo/chance.ts';
import { prepared, timed } from './local/prepare.ts';
import { complaint, StartError } from './local/start-error.ts';
import { compilePlaybook } from './playbook/compile.ts';
import { crowd } from './soak/crowd.ts';
import { readSesLog, readTable } from './soak/evidence.ts';
import { killAgainAndAgain, type Victim } from './soak/killing.ts';
import { mustSend } from './soak/must-send.ts';
import { comeToRest } from './soak/rest.ts';
import { siteAt } from './soak/site.ts';
import { writeSoakPlaybook } from './soak/soak-playbook.ts';
import { judge } from './soak/verdict.ts';

// Lambda lives in UTC.
process.env.TZ = 'UTC';

interface Options {
  readonly kills: number;
  readonly port: number;
  readonly data?: string;
  readonly playbook: string;
  readonly people: number;
  readonly loseResponses: number;
  readonly seed: number;
  readonly json?: string;
}

await new Command('npm run soak --')
  .description(
    'Kills a local Ripen (kill -9) again and again while people use it, and counts what SES accepted twice, not at all, or after a no.',
  )
  .option('--kills <number>', 'how often the runner or its database is killed', whole, 100)
  .option('--port <number>', 'where it answers, on 127.0.0.1', whole, 4040)
  .option('--data <folder>', 'an empty folder, kept afterwards; a temporary one when left out')
  .option('--playbook <folder>', "marketing's playbook", 'playbook')
  .option('--people <number>', 'how many are at the doors at once', whole, 6)
  .option('--lose-responses <share>', 'of the messages SES accepts, those whose sender is not told, 0–1', share, 0.02)
  .option('--seed <number>', 'other people and other instants for another seed', whole, 1)
  .option('--json <file>', 'where the result is written')
  .action(main)
  .parseAsync();

/** Ends with exit code 1 when a promise was broken. */
async function main(options: Options): Promise<void> {
  const data = resolve(options.data ?? mkdtempSync(join(tmpdir(), 'ripen-soak-')));
  process.once('SIGINT', () => process.exit(130));
  try {
    const isKept = await soak(options, data);
    process.exitCode = isKept ? 0 : 1;
    if (isKept && options.data === undefined) rmSync(data, { recursive: true, force: true });
    else console.log(`What happened is in ${data}.`);
  } catch (error) {
    console.error(complaint(error));
    console.error(`What happened is in ${data}.`);
    process.exit(1);
  }
}

/** True when every promise was kept. */
async function soak(options: Options, data: string): Promise<boolean> {
  if (existsSync(join(data, 'runner.sqlite'))) throw new StartError(`${data} is not empty: name a new folder`);
  mkdirSync(data, { recursive: true });
  const { kills, port, seed } = options;
  const playbook = join(data, 'playbook');
  writeSoakPlaybook(options.playbook, playbook);
  const sequences = mustSend((await compilePlaybook(playbook)).parts.sequences);
  const assembly = await assemble(playbook, data);
  const started = performance.now();
  const site = siteAt(`http://127.0.0.1:${port}`);
  const people = crowd(site, chance(seed), options.people);
  const { promises } = people;
  const victims = { runner: 0, database: 0 };

  const bar = new SingleBar({
    format: '{kills} kills |{bar}| {forms} forms, {refusals} unsubscribes',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const shown = () => ({
    kills: victims.runner + victims.database,
    forms: promises.submissions.length,
    refusals: promises.refusals.length,
  });
  bar.start(kills, 0, shown());
  const onKill = (victim: Victim) => {
    victims[victim] += 1;
    bar.increment(1, shown());
  };
  const place = { port, data, assembly };
  const killing = {
    place,
    site,
    people,
    chance: chance(seed + 1),
    kills,
    onKill,
    loseResponses: options.loseResponses,
  };
  const runner = await killAgainAndAgain(killing);
  await people.finish();
  bar.stop();

  let deadLetters = 0;
  await timed('Letting it come to rest', async () => {
    deadLetters = await comeToRest(site, () => readTable(runner.table()));
  });
  await site.readClock();
  const atMs = Date.now() + site.shiftMs();
  const stored = await readTable(runner.table());
  await runner.stop();
  const evidence = { ...stored, accepted: readSesLog(data), deadLetters, atMs };

  const verdict = judge(promises, evidence, sequences);
  const { doubles, losses, afterRefusal, unconfirmed, sentAgain } = verdict;
  const counts = {
    'kills of the runner': victims.runner,
    'kills of the database': victims.database,
    'forms acknowledged': promises.submissions.length,
    'unsubscribes acknowledged': promises.refusals.length,
    'messages accepted by SES': evidence.accepted.length,
    walks: stored.walks.length,
    'sent twice': doubles.length,
    'lost without a word': losses.length,
    'accepted after a no': afterRefusal.length,
    'unconfirmed, and listed': unconfirmed.length,
    'sent again because they must arrive': sentAgain,
    minutes: Math.round((performance.now() - started) / 6_000) / 10,
  };
  console.table(counts);
  for (const line of [...doubles, ...losses, ...afterRefusal].slice(0, 50)) console.log(`✗ ${line}`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ seed, ...counts, ...verdict }, null, 2)}\n`);
  return doubles.length + losses.length + afterRefusal.length === 0;
}

/** The app, built here once: a start after a kill then takes a second or two. */
async function assemble(playbook: string, data: string): Promise<string> {
  const { assemblyFolder, prepare } = prepared({ data, playbook }, timed);
  await prepare();
  return assemblyFolder;
}

function whole(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('write a whole number');
}

function share(text: string): number {
  const number = Number(text);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('write a number from 0 to 1');
}
