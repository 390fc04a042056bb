import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { measureCrowd } from './bench/crowd.ts';
import { measureDecision } from './bench/decision.ts';
import { measureDepth } from './bench/depth.ts';
import { measureDoor } from './bench/door-cpu.ts';
import { type Engine, openEngine } from './bench/engine.ts';
import { measureHandoffs } from './bench/handoff-cost.ts';
import { isKept, type Measurement, toRow } from './bench/measurement.ts';
import { measurePipeline } from './bench/pipeline-cpu.ts';
import { measureRules } from './bench/rule-evaluation.ts';
import { measureUnits } from './bench/unit-cost.ts';
import { prepared, timed } from './local/prepare.ts';
import { readAssembly } from './local/template/assembly.ts';
import { type Blueprint, readBlueprint } from './local/template/blueprint.ts';
import { openCloud } from './local/template/cloud.ts';
import { compilePlaybook } from './playbook/compile.ts';

// Lambda lives in UTC.
process.env.TZ = 'UTC';

const parts = ['rules', 'decision', 'units', 'handoffs', 'door', 'depth', 'crowd', 'pipeline'] as const;
type Part = (typeof parts)[number];

interface Options {
  readonly quick: boolean;
  readonly only: readonly Part[];
}

await new Command('npm run bench --')
  .description(
    'What scoring and hand-off cost, as ratios to floors measured in the same run. Writes bench-results.json.',
  )
  .option('--quick', 'fewer rounds, 10,000 past activities and 30,000 leads instead of 100,000 and 300,000', false)
  .addOption(new Option('--only <parts...>', 'only these parts').choices(parts).default(parts, 'all of them'))
  .action(main)
  .parseAsync();

async function main({ quick, only }: Options): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  // However it ends: the databases of a full run are gigabytes. Engines end with us.
  process.once('exit', () => rmSync(data, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  const started = performance.now();
  const results: Measurement[] = [];
  const measures = await measuresIn(data, quick);
  for (const part of parts.filter((each) => only.includes(each))) {
    const say = (text: string) => {
      if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${part}: ${text} … `);
    };
    const began = performance.now();
    const measured = await measures[part](say);
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    console.log(`${part} … ${((performance.now() - began) / 1000).toFixed(0)} s`);
    console.table(Object.fromEntries(measured.map((each) => [each.name, toRow(each)])));
    results.push(...measured);
    writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`);
  }
  for (const { name, note } of results.filter((each) => !isKept(each)))
    console.log(`Not as promised: ${name}${note === undefined ? '' : ` (${note})`}`);
  console.log(`bench-results.json holds all of it, after ${((performance.now() - started) / 60_000).toFixed(1)} min.`);
}

type Measure = (say: (text: string) => void) => Promise<readonly Measurement[]>;

/** Each part on databases of its own, as the template declares them. */
async function measuresIn(data: string, quick: boolean): Promise<Readonly<Record<Part, Measure>>> {
  const rounds = quick ? 3 : 9;
  // Two that are to cost the same are told apart by nothing but many short turns.
  const manyRounds = quick ? 24 : 100;
  const playbook = await compilePlaybook('playbook');
  const blueprint = await theBlueprint(data);
  let folders = 0;
  const onEngines = async (count: number, measure: (engines: readonly Engine[]) => ReturnType<Measure>) => {
    const engines: Engine[] = [];
    try {
      while (engines.length < count) engines.push(await openEngine(join(data, `engine-${folders++}`), blueprint));
      return await measure(engines);
    } finally {
      for (const engine of engines) await engine.stop();
    }
  };
  const onOne = (measure: (engine: Engine) => ReturnType<Measure>) =>
    onEngines(1, ([engine]) => {
      if (!engine) throw new Error('no engine');
      return measure(engine);
    });
  return {
    rules: (say) => measureRules(rounds, say),
    decision: () => measureDecision(playbook, rounds),
    units: () => onOne((engine) => measureUnits(engine, playbook, 3)),
    handoffs: () => onOne((engine) => measureHandoffs(engine, playbook, 3)),
    door: () => onOne((engine) => measureDoor(engine, playbook, rounds)),
    depth: (say) =>
      onOne((engine) => measureDepth(engine, playbook, { rounds: manyRounds, deepest: quick ? 10_000 : 100_000, say })),
    crowd: (say) =>
      onEngines(2, ([few, many]) => {
        if (!few || !many) throw new Error('no engines');
        return measureCrowd([few, many], playbook, {
          rounds: manyRounds,
          sizes: [10_000, quick ? 30_000 : 300_000],
          say,
        });
      }),
    pipeline: (say) =>
      onOne((engine) =>
        measurePipeline(engine, {
          rounds: quick ? 2 : 5,
          perRound: quick ? 50 : 200,
          data: join(data, 'pipeline'),
          say,
        }),
      ),
  };
}

async function theBlueprint(data: string): Promise<Blueprint> {
  const anywhere = 'http://127.0.0.1:0';
  const folder = join(data, 'app');
  mkdirSync(folder);
  const { assemblyFolder, prepare } = prepared({ data: folder, playbook: 'playbook' }, timed);
  await prepare();
  return readBlueprint(openCloud(readAssembly(assemblyFolder, anywhere), anywhere));
}
