import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { Account } from '../functions/leads/account.ts';
import { localDay, startOfDay } from '../functions/leads/calendar.ts';
import { doors } from './demo/doors.ts';
import { story } from './demo/story.ts';
import { prepared, timed } from './local/prepare.ts';
import type { Runner } from './local/runner.ts';
import { complaint, StartError } from './local/start-error.ts';

// Lambda lives in UTC, and threads share the zone of their process.
process.env.TZ = 'UTC';

interface Options {
  readonly port: number;
  readonly data: string;
  readonly playbook: string;
  readonly days: number;
  readonly seed: number;
}

/** Reps look at their new leads well within their half hour. */
const aWhileMs = 12 * 60_000;

await new Command('npm run demo --')
  .description('Lives a month of made-up leads through the public doors, ends at now, and keeps running.')
  .option('--port <number>', 'where it answers, on 127.0.0.1; 0 takes any free port', wholeNumber, 4000)
  .option('--data <folder>', 'an empty folder, where everything is kept', '.ripen')
  .option('--playbook <folder>', "marketing's playbook", 'playbook')
  .option('--days <number>', 'how many days it goes back', wholeNumber, 30)
  .option('--seed <number>', 'another month for another seed', wholeNumber, 7)
  .action(main)
  .parseAsync();

/** Ends with exit code 1 and one clear line when it cannot start. */
async function main(options: Options): Promise<void> {
  try {
    const startsAt = beginning(options);
    const runner = await start(options, startsAt);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(runner));
    await live(runner, startsAt, options.seed);
    console.log(
      `Ripen is ready: ${runner.url}\n` +
        `It keeps running until Ctrl-C. To see the month again later: ${startAgain(options.data)}`,
    );
  } catch (error) {
    console.error(complaint(error));
    process.exit(1);
  }
}

function startAgain(data: string): string {
  return `npm start -- --data ${data}`;
}

/** Midnight by the account's calendar, so many days ago. */
function beginning({ playbook, days }: Options): number {
  const { timeZone } = Account.parse(parse(readFileSync(join(playbook, 'account.yaml'), 'utf8')));
  const day = localDay(new Date(Date.now() - days * 86_400_000).toISOString(), timeZone);
  return Date.parse(startOfDay(day, timeZone));
}

async function start({ port, data, playbook }: Options, startsAt: number): Promise<Runner> {
  if (existsSync(join(data, 'runner.sqlite')))
    throw new StartError(
      `${resolve(data)} is not empty, and the demo begins a month ago: give it --data NEW-FOLDER. ` +
        `To see what is in this one: ${startAgain(data)}`,
    );
  const { startRunner } = await import('./local/runner.ts');
  const log = (line: string) => console.error(line);
  return startRunner({ port, startAt: startsAt, log, ...prepared({ data, playbook }, timed) });
}

/** Plays the story scene by scene, the clock going on to each, and comes back to the present. */
async function live(runner: Runner, startsAt: number, seed: number): Promise<void> {
  const scenes = story({ seed, startsAt, endsAt: Date.now() });
  const { play, lookAfterMail, workLeads } = doors(runner.url);
  const bar = new SingleBar({
    format: '{day} |{bar}| {leads} forms, {views} page views',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const shown = { day: '', leads: 0, views: 0 };
  bar.start(scenes.length, 0, shown);
  for (const { at, acts } of scenes) {
    await runner.advance(new Date(at).toISOString());
    await play(acts);
    const later = at + aWhileMs;
    if (later < Date.now()) {
      await runner.advance(new Date(later).toISOString());
      await workLeads(later);
    }
    const day = new Date(at).toISOString().slice(0, 10);
    if (day !== shown.day) await lookAfterMail();
    shown.day = day;
    shown.leads += acts.filter(({ kind }) => kind === 'submits').length;
    shown.views += acts.filter(({ kind }) => kind === 'views').length;
    bar.increment(1, shown);
  }
  await runner.advance(new Date().toISOString());
  bar.stop();
}

async function stop(runner: Runner): Promise<void> {
  console.log('\nFinishing what is under way …');
  await runner.stop();
  process.exit(0);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('write a whole number');
}
