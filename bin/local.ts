import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { StartError } from './local/data-folder.ts';
import { synthesize } from './local/synthesize.ts';
import { TemplateError } from './local/template-error.ts';

// Lambda lives in UTC, and threads share the zone of their process.
process.env.TZ = 'UTC';

/** The runner puts the port it got in its place. */
const anyPort = 'http://127.0.0.1:0';

interface Options {
  readonly port: number;
  readonly data: string;
  readonly playbook: string;
}

const command = new Command('npm start --')
  .description('Runs the whole pipeline on this machine.')
  .option('--port <number>', 'where it answers, on 127.0.0.1; 0 takes any free port', portNumber, 4000)
  .option('--data <folder>', 'where everything is kept', '.ripen')
  .option('--playbook <folder>', "marketing's playbook", 'playbook')
  .action(main);
await command.parseAsync();

/** Builds, synthesizes and runs; the last line says where. Ends with exit code 1 and one clear line when it cannot. */
async function main({ port, data, playbook }: Options): Promise<void> {
  try {
    const stop = await start({ port, data, playbook });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  } catch (error) {
    console.error(message(error));
    process.exit(1);
  }
}

async function start({ port, data, playbook }: Options): Promise<() => Promise<void>> {
  // Beside the data and not in the repository: every runner keeps running the bundles it has started with.
  const assemblyFolder = resolve(data, 'cdk.out');
  const distFolder = resolve(data, 'dist');
  const { startRunner } = await import('./local/runner.ts');
  const runner = await startRunner({
    port,
    dataFolder: data,
    assemblyFolder,
    log: (line) => console.error(line),
    async prepare() {
      // Loaded when its turn comes, so that a busy port is not found out after seconds of work.
      const { buildFunctions } = await import('./build.ts');
      await step('Bundling the functions', () => buildFunctions({ playbookFolder: playbook, distFolder }));
      await step('Synthesizing the app', () => synthesize({ folder: assemblyFolder, distFolder, baseUrl: anyPort }));
    },
  });
  console.log(`Ripen is ready: ${runner.url}`);

  return async () => {
    console.log('\nFinishing what is under way …');
    await runner.stop();
    process.exit(0);
  };
}

/** Says what is being done, and how long it took once it is. */
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  process.stdout.write(`${name} … `);
  await work();
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535');
}

/** A mistake of the person's own gets its message only; anything else is ours, and a stack trace helps. */
function message(error: unknown): string {
  if (error instanceof StartError || error instanceof TemplateError) return error.message;
  if (error instanceof Error && error.name === 'PlaybookError') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
