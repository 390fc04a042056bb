import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { ImportReport } from './import-rows.ts';

/** A report, and how long it took until the pipeline had everything, and until all of it was recorded and counted. */
export interface TimedReport extends ImportReport {
  readonly captureSeconds: number;
  readonly seconds: number;
}

/** How many rejected rows, and how many warnings, are shown; all rejected rows are in the file. */
const shown = 20;

/** Tells the person how the import went: what was taken, what was not, line by line, how fast, and into which folder. */
export async function tellReport(
  { rows, accepted, repeated, rejected, warnings, captureSeconds, seconds }: TimedReport,
  { file, data, place }: { readonly file: string; readonly data: string; readonly place: string },
): Promise<void> {
  const number = new Intl.NumberFormat('en');
  const perSecond = (time: number) => number.format(Math.round(rows / Math.max(time, 0.001)));
  console.log(
    `${number.format(rows)} rows: ${number.format(accepted)} accepted` +
      `${repeated > 0 ? ` (${number.format(repeated)} repeat an earlier row)` : ''}, ${number.format(rejected.length)} rejected.\n` +
      `Captured in ${captureSeconds.toFixed(1)} s (${perSecond(captureSeconds)} rows a second); ` +
      `recorded, scored and counted after ${seconds.toFixed(1)} s (${perSecond(seconds)} rows a second).\n${place}`,
  );
  for (const { line, reason } of warnings.slice(0, shown)) console.log(`  line ${line} was taken, but: ${reason}`);
  if (warnings.length > shown) console.log(`  … and ${number.format(warnings.length - shown)} more like these`);
  if (rejected.length === 0) return;
  for (const { line, reason } of rejected.slice(0, shown)) console.log(`  line ${line}: ${reason}`);
  if (rejected.length <= shown) return;
  const list = join(data, `rejected-${basename(file)}`);
  await writeFile(list, stringify([...rejected], { header: true, columns: ['line', 'reason'], escape_formulas: true }));
  console.log(`  … and ${number.format(rejected.length - shown)} more: all of them are in ${list}`);
}
