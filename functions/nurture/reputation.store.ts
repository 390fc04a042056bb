// biome-ignore lint/style/noRestrictedImports: bounces are counted once, by the metrics; a second count here would differ some day.
import { snapshotStore } from '../metrics/snapshot.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { DayOfSending } from './reputation.ts';

/** Reads what was sent on these local days and what came back, from the daily figures of the metrics. */
export interface ReputationStore {
  days(days: readonly string[]): Promise<readonly DayOfSending[]>;
}

export function reputationStore(metrics: Table): ReputationStore {
  const snapshots = snapshotStore(metrics);
  return {
    days: (days) =>
      Promise.all(
        days.map(async (day) => {
          const { metrics: figures = {} } = (await snapshots.latest(day)) ?? {};
          return {
            day,
            sent: figures.emailsSent?.numerator ?? 0,
            hardBounces: figures.emailsHardBounced?.numerator ?? 0,
            complaints: figures.emailsComplained?.numerator ?? 0,
          };
        }),
      ),
  };
}
