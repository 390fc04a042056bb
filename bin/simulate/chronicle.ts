import { leadOf } from '../../functions/leads/lead-item.ts';
import type { Item } from './twin/item.ts';
import type { Change, TableTwin } from './twin/table.ts';

/** What has happened to the table and on the bus, as far as the checks must know it. */
export interface Chronicle {
  written(changes: readonly Change[], table: TableTwin): void;
  published(detailType: string, detail: unknown): void;
  /** Every state a lead has had, oldest first, by lead id. */
  readonly chains: ReadonlyMap<string, readonly Item[]>;
  /** Rules broken at the very instant of a write. */
  readonly broken: readonly string[];
}

export function chronicle(): Chronicle {
  const chains = new Map<string, Item[]>();
  const broken: string[] = [];
  return {
    chains,
    broken,
    written(changes) {
      const handoff = changes.find(({ after }) => after?.kind === 'handoff');
      for (const { before, after } of changes) {
        if (after?.kind === 'lead') {
          const leadId = String(after.pk).slice(2);
          const chain = chains.get(leadId) ?? [];
          chain.push(after);
          chains.set(leadId, chain);
          if (Number(after.ver) !== Number(before?.ver ?? 0) + 1)
            broken.push(`I-S4: lead ${leadId} went from version ${before?.ver ?? 0} to ${after.ver}`);
          if (handoff && before) broken.push(...forbidden(before));
        }
        if (before?.kind === 'activity' && after?.kind === 'activity' && before.recordedAt !== after.recordedAt)
          broken.push(`I-S2: ledger row ${after.activityId} was written twice`);
        if (before?.kind === 'handoff') broken.push(`I-H1: hand-off ${String(before.handoffId)} was written twice`);
      }
    },
    published() {},
  };
}

/** Whom nobody may hand to sales. */
function forbidden(item: Item): string[] {
  const { leadId, suppressed, disqualified } = leadOf(item);
  if (suppressed?.reason === 'complaint') return [`I-H2: ${leadId} was handed off after a complaint`];
  return disqualified ? [`I-H2: ${leadId} was handed off although disqualified`] : [];
}
