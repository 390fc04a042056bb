import { resolve } from 'node:path';
import type { RunnerOptions } from './runner.ts';

/** Says what is being done while it is done. */
type Step = (name: string, work: () => Promise<unknown>) => Promise<void>;

/** Says it on the terminal, with the seconds it took. What fails leaves no half line behind: the error says it all. */
export const timed: Step = async (name, work) => {
  const started = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`${name} … `);
  try {
    await work();
  } finally {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  }
  console.log(`${name} … ${((performance.now() - started) / 1000).toFixed(1)} s`);
};

/**
 * How a runner comes by its app: bundles with the playbook, then synthesizes, both into the data folder. Beside the data
 * and not in the repository, so that every runner keeps running what it has started with.
 *
 *     startRunner({ port, ...prepared({ data, playbook }, timed) })
 */
export function prepared(
  { data, playbook }: { readonly data: string; readonly playbook: string },
  step: Step = async (_, work) => void (await work()),
): Required<Pick<RunnerOptions, 'dataFolder' | 'assemblyFolder' | 'prepare'>> {
  const assemblyFolder = resolve(data, 'cdk.out');
  const distFolder = resolve(data, 'dist');
  return {
    dataFolder: data,
    assemblyFolder,
    async prepare() {
      // Loaded when their turn comes, so that a busy port is not found out after seconds of work.
      const { buildFunctions } = await import('../build.ts');
      const { synthesize } = await import('./synthesize.ts');
      await step('Bundling the functions', () => buildFunctions({ playbookFolder: playbook, distFolder }));
      // The runner puts the port it got in the place of port 0.
      await step('Synthesizing the app', () =>
        synthesize({ folder: assemblyFolder, distFolder, baseUrl: 'http://127.0.0.1:0' }),
      );
    },
  };
}
