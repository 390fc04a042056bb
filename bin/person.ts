import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { complaint } from './local/start-error.ts';
import { erase, keptOf, leadIdOf } from './person/kept.ts';
import { PersonError, type Site, siteAt } from './person/site.ts';

const command = new Command('npm run person --').description(
  'What a person may ask of whoever keeps something about them: to be told what it is, and to be forgotten.',
);
const here = 'http://127.0.0.1:4000';

command
  .command('export <who>')
  .description('Writes everything kept about a person, named by lead id or by e-mail address, as one JSON file.')
  .option('--url <url>', 'where Ripen answers', here)
  .option('--out <file>', 'default: lead-ID.json')
  .action(exportPerson);

command
  .command('erase <who>')
  .description('Forgets a person for good. Nothing can be sent to them or recorded of them again.')
  .option('--url <url>', 'where Ripen answers', here)
  .option('--yes', 'do not ask for the word', false)
  .action(erasePerson);

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof PersonError ? error.message : complaint(error));
  process.exit(1);
}

async function exportPerson(who: string, { url, out }: { readonly url: string; readonly out?: string }): Promise<void> {
  const site = siteAt(url, process.env, Date.now);
  const { cursor: _, ...kept } = await keptOf(await leadIdOf(who, site), site);
  const file = out ?? `lead-${kept.leadId}.json`;
  await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
  console.log(`${kept.items.length} items are in ${file}.`);
}

async function erasePerson(who: string, { url, yes }: { readonly url: string; readonly yes: boolean }): Promise<void> {
  const site: Site = siteAt(url, process.env, Date.now);
  const leadId = await leadIdOf(who, site);
  if (!yes) await confirmed(leadId);
  const { erasedAt, complete } = await erase(leadId, site);
  console.log(`Lead ${leadId} is erased since ${erasedAt}.`);
  if (!complete) console.log('There is much of them: the rest goes within minutes.');
  console.log('Backups and the archive of events hold them for up to 35 and 14 days more: docs/privacy.md.');
}

/** @throws PersonError when the word is another one. */
async function confirmed(leadId: string): Promise<void> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const word = await asking.question(`Nobody can undo this. Write ERASE to forget lead ${leadId}: `);
  asking.close();
  if (word.trim() !== 'ERASE') throw new PersonError('nothing has changed');
}
