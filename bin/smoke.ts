import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { type Check, closedToStrangers, publicChecks } from './smoke/checks.ts';
import { type Site, siteAt } from './smoke/site.ts';
import { walk } from './smoke/walk.ts';

await new Command('npm run smoke --')
  .description('Holds a running Ripen, local or deployed, to its public promises.')
  .argument('[url]', 'where it answers', originOf, 'http://127.0.0.1:4000')
  .action(main)
  .parseAsync();

/** Runs every check, says how each ended, and ends with exit code 1 when one did not hold. */
async function main(url: string): Promise<void> {
  const site = siteAt(url);
  const id = randomBytes(6).toString('hex');
  const local = await isLocal(site);
  const checks = [...publicChecks(id), ...(local ? walk(id) : [closedToStrangers])];
  console.log(`${url}${local ? ', a local one: the whole walk' : ''}\n`);
  let failures = 0;
  for (const { claim, run } of checks) {
    const complaint = await outcomeOf(run, site);
    if (complaint !== null) failures += 1;
    console.log(complaint === null ? `  ✓ ${claim}` : `  ✗ ${claim}: ${complaint}`);
  }
  console.log(failures === 0 ? `\nAll ${checks.length} hold.` : `\n${failures} of ${checks.length} do not hold.`);
  process.exitCode = failures === 0 ? 0 : 1;
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
