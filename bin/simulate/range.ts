import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { packNothing } from './plain-zlib.ts';
import { runThemed, themes } from './themes.ts';

/** Every so manieth history from `first` up to, not including, `end`: one worker's share. */
const Range = z.object({
  ...{ seed: z.number(), first: z.number(), every: z.number(), end: z.number() },
  ...{ design: z.string(), theme: z.enum(themes) },
});
export type Range = z.infer<typeof Range>;

/** What a worker has done since its last report. */
export interface Report {
  readonly histories: number;
  readonly steps: number;
  readonly failures: readonly {
    readonly history: number;
    readonly step: number;
    readonly violations: readonly string[];
  }[];
}

const perReport = 50;

packNothing();
// Nobody reads where in the table's twin a condition did not hold.
Error.stackTraceLimit = 0;
const { seed, first, every, end, design, theme } = Range.parse(workerData);
let report = {
  histories: 0,
  steps: 0,
  failures: [] as { history: number; step: number; violations: readonly string[] }[],
};
for (let history = first; history < end; history += every) {
  const { violations, steps } = await runThemed({ seed, history, design, theme, trace: null });
  report.histories += 1;
  report.steps += steps;
  if (violations.length > 0) report.failures.push({ history, step: steps, violations });
  if (report.histories < perReport && history + every < end && violations.length === 0) continue;
  parentPort?.postMessage(report);
  report = { histories: 0, steps: 0, failures: [] };
  // Between two histories everybody else of this process has a turn: the reports leave.
  await new Promise((resolve) => setImmediate(resolve));
}
