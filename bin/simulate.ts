import { Worker } from 'node:worker_threads';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Range, Report } from './simulate/range.ts';
import { designNames, runThemed, themes } from './simulate/themes.ts';

const mostTold = 20;

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('write a whole number');
  return value;
};

const { histories, seed, workers, first, history, trace, design, theme } = new Command('npm run simulate --')
  .description('Runs the doors through random histories with every fault, and checks what must hold.')
  .option('--histories <number>', 'how many', whole, 10_000)
  .option('--seed <number>', 'the same seed gives the same histories', whole, 1)
  .option('--first <number>', 'begin with this one', whole, 0)
  .option('--workers <number>', 'how many at a time', whole, 2)
  .option('--history <number>', 'run this one alone', whole)
  .option('--trace', 'tell everything that happens in it')
  .addOption(new Option('--design <name>', 'a wrong one must be found').choices([...designNames]).default('right'))
  .addOption(
    new Option(
      '--theme <name>',
      'any: scoring and hand-off; pauses: models change while doors stand still; mail: sending; handoff: sales',
    )
      .choices(themes)
      .default('any'),
  )
  .parse()
  .opts();

const switches = (design === 'right' ? '' : ` --design ${design}`) + (theme === 'any' ? '' : ` --theme ${theme}`);

process.exitCode = (history === undefined ? await runAll() : await runOne()) ? 0 : 1;

/** True when everything held. */
async function runOne(): Promise<boolean> {
  const one = { seed, history: history ?? 0, design, theme, trace: trace ? console.info : null };
  const { violations, steps } = await runThemed(one);
  console.info(`history ${history} of seed ${seed}: ${steps} steps, ${violations.length} violations`);
  for (const violation of violations) console.info(`  ${violation}`);
  return violations.length === 0;
}

async function runAll(): Promise<boolean> {
  const startedAt = performance.now();
  let done = 0;
  let steps = 0;
  let failed = 0;
  const tell = (report: Report) => {
    done += report.histories;
    steps += report.steps;
    for (const { history, step, violations } of report.failures) {
      failed += 1;
      if (failed > mostTold) continue;
      console.info(`seed ${seed}, history ${history}, step ${step}: ${violations.join('; ').slice(0, 2_000)}`);
      console.info(`  replay it with: npm run simulate -- --seed ${seed} --history ${history}${switches} --trace`);
    }
  };
  const progress = () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = `${(done / seconds).toFixed(0)} histories/s`;
    console.info(
      `${done} of ${histories} histories, ${rate}, ${steps} steps, ${failed} with violations, ${seconds.toFixed(0)} s`,
    );
  };
  const timer = setInterval(progress, 10_000);
  const shares = Array.from(
    { length: workers },
    (_, worker): Range => ({ seed, first: first + worker, every: workers, end: first + histories, design, theme }),
  );
  await Promise.all(shares.map((range) => runRange(range, tell)));
  clearInterval(timer);
  progress();
  return failed === 0;
}

function runRange(range: Range, tell: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulate/range.ts', import.meta.url), { workerData: range });
    worker.on('message', tell);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
  });
}
