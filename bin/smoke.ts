import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { type Check, closedToStrangers, type Doors, publicChecks, testAddress } from './smoke/checks.ts';
import { whyNoWalk } from './smoke/fit.ts';
import { type Site, siteAt } from './smoke/site.ts';
import { walk } from './smoke/walk.ts';

await new Command('npm run smoke --')
  .description(
    'Holds a running Ripen, local or deployed, to its public promises. Leaves test leads in it; a local clock moves on by 20 s.',
  )
  .argument('[url]', 'where it answers', originOf, 'http://127.0.0.1:4000')
  .option('--form <id>', 'a form that asks for no more than an address', 'checklist')
  .option('--write-key <key>', 'a write key of its playbook', 'local')
  .option(
    '--playbook <folder>',
    'the playbook it runs: on a laptop, one that scores as the shipped one is walked',
    'playbook',
  )
  .action(main)
  .parseAsync();

interface Options extends Doors {
  readonly playbook: string;
}

/** Runs every check, says how each ended, and ends with exit code 1 when one did not hold. */
async function main(url: string, { playbook, ...doors }: Options): Promise<void> {
  const site = siteAt(url);
  const id = randomBytes(6).toString('hex');
  const local = await isLocal(site);
  console.log(`${url}${local ? ', a local one' : ''}\n`);
  let failures = await run(publicChecks(id, doors), site);
  let count = publicChecks(id, doors).length;
  const unwalked = local && failures === 0 ? await whyNoWalk(site, testAddress(id), playbook) : null;
  const more = unwalked !== null ? [] : local ? walk(id) : [closedToStrangers];
  failures += await run(more, site);
  count += more.length;
  if (unwalked !== null) console.log(`  – the walk is for the shipped playbook: skipped, ${unwalked}`);
  console.log(failures === 0 ? `\nAll ${count} hold.` : `\n${failures} of ${count} do not hold.`);
  console.log(`The leads of this test stay: their addresses have ${id} in them.`);
  process.exitCode = failures === 0 ? 0 : 1;
}

/** Runs them in their order; how many did not hold. */
async function run(checks: readonly Check[], site: Site): Promise<number> {
  let failures = 0;
  for (const { claim, run } of checks) {
    const complaint = await outcomeOf(run, site);
    if (complaint !== null) failures += 1;
    console.log(complaint === null ? `  ✓ ${claim}` : `  ✗ ${claim}: ${complaint}`);
  }
  return failures;
}

async function outcomeOf(run: Check['run'], site: Site): Promise<string | null> {
  try {
    await run(site);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Only the runner on this machine has `/_local`. */
async function isLocal(site: Site): Promise<boolean> {
  const answer = await site.get('/_local/clock').catch(() => null);
  return answer?.status === 200;
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('write an address like https://example.com');
}
