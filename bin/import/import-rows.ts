import type { CapturedActivity } from '../../functions/leads/activity.ts';
import { ActivityCaptured } from '../../functions/leads/bus-event.ts';
import { type Publish, toEvent } from '../../functions/runtime/publish.ts';
import type { CsvRow } from './csv.ts';
import { type ImportPlan, readRow } from './read-row.ts';

/** What there is to say about a line of the file. */
interface Remark {
  readonly line: number;
  readonly reason: string;
}

export interface ImportReport {
  readonly rows: number;
  /** Rows that are activities now, the first time or again. */
  readonly accepted: number;
  /** Accepted rows that say what an earlier row of the file said: they count once. */
  readonly repeated: number;
  readonly rejected: readonly Remark[];
  /** Accepted rows that were not taken quite as they are written. */
  readonly warnings: readonly Remark[];
  /** The file could not be read to its end. */
  readonly endedEarly: boolean;
}

/** Activities on their way at a time, and over how many calls they are spread. */
const chunk = 200;
const calls = 4;

/** Reads every row and puts its activities on the bus, in the file's order. `onRow` is told how far it is. */
export async function importRows(
  rows: AsyncIterable<CsvRow>,
  plan: ImportPlan,
  { publish, onRow }: { readonly publish: Publish; readonly onRow: () => void },
): Promise<ImportReport> {
  const seen = new Set<string>();
  const rejected: Remark[] = [];
  const warnings: Remark[] = [];
  let [count, repeated] = [0, 0];
  let endedEarly = false;
  let waiting: CapturedActivity[] = [];
  for await (const row of rows) {
    count++;
    endedEarly ||= row.endsEarly ?? false;
    const read = readRow(row, plan);
    if (read.outcome === 'accepted' && read.warning !== undefined)
      warnings.push({ line: row.line, reason: read.warning });
    if (read.outcome === 'rejected') rejected.push({ line: row.line, reason: read.reason });
    else if (isRepeated(read.activities, seen)) repeated++;
    else waiting.push(...read.activities);
    if (waiting.length >= chunk) {
      await publishAll(waiting, publish);
      waiting = [];
    }
    onRow();
  }
  await publishAll(waiting, publish);
  return { rows: count, accepted: count - rejected.length, repeated, rejected, warnings, endedEarly };
}

function isRepeated([first]: readonly CapturedActivity[], seen: Set<string>): boolean {
  if (first === undefined || seen.has(first.activityId)) return true;
  seen.add(first.activityId);
  return false;
}

async function publishAll(activities: readonly CapturedActivity[], publish: Publish): Promise<void> {
  const events = activities.map((activity) => toEvent(ActivityCaptured, activity));
  const share = Math.ceil(events.length / calls);
  const shares = Array.from({ length: calls }, (_, index) => events.slice(index * share, (index + 1) * share));
  await Promise.all(shares.map(publish));
}
