import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCost } from './bench/cost.ts';
import { measureDecision } from './bench/decision.ts';
import { prepared, timed } from './local/prepare.ts';
import { startRunner } from './local/runner.ts';

/** One line of the table: a figure, and the floor or promise it is held against in the same run. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly ratio: number;
}

// What an activity costs in DynamoDB, and how fast it is decided: as ratios, since machines differ.
const data = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
const runner = await startRunner({ port: 0, ...prepared({ data, playbook: 'playbook' }, timed) });
try {
  const results = [...(await measureCost(runner)), ...(await measureDecision())];
  console.table(
    results.map(({ name, value, unit, against, ratio }) => ({
      measured: name,
      value: `${value.toPrecision(3)} ${unit}`,
      against,
      ratio: ratio.toFixed(2),
    })),
  );
  writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await runner.stop();
  rmSync(data, { recursive: true, force: true });
}
