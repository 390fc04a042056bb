import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { prepared, timed } from './local/prepare.ts';
import { complaint } from './local/start-error.ts';

// Lambda lives in UTC, and threads share the zone of their process.
process.env.TZ = 'UTC';

interface Options {
  readonly port: number;
  readonly data: string;
  readonly playbook: string;
  readonly assembly?: string;
}

await new Command('npm start --')
  .description('Runs the whole pipeline on this machine.')
  .option('--port <number>', 'where it answers, on 127.0.0.1; 0 takes any free port', portNumber, 4000)
  .option('--data <folder>', 'where everything is kept', '.ripen')
  .option('--playbook <folder>', "marketing's playbook", 'playbook')
  .option('--assembly <folder>', 'an app that is synthesized already, with its playbook: nothing is built')
  .action(main)
  .parseAsync();

/** Builds, synthesizes and runs; the last line says where. Ends with exit code 1 and one clear line when it cannot. */
async function main(options: Options): Promise<void> {
  // Until there is something to finish, a signal just ends the process.
  const early = () => process.exit(1);
  process.once('SIGINT', early).once('SIGTERM', early);
  try {
    const stop = await start(options);
    process.removeListener('SIGINT', early).removeListener('SIGTERM', early);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  } catch (error) {
    console.error(complaint(error));
    process.exit(1);
  }
}

async function start({ port, assembly, ...folders }: Options): Promise<() => Promise<void>> {
  const { startRunner } = await import('./local/runner.ts');
  const log = (line: string) => console.error(line);
  const app =
    assembly === undefined ? prepared(folders, timed) : { dataFolder: folders.data, assemblyFolder: resolve(assembly) };
  const runner = await startRunner({ port, log, ...app });
  console.log(`Ripen is ready: ${runner.url}`);

  return async () => {
    console.log('\nFinishing what is under way …');
    await runner.stop();
    process.exit(0);
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535');
}
