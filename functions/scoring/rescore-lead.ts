import type { ActivationStore } from '../leads/activation.store.ts';
import type { Activity } from '../leads/activity.ts';
import type { Holder, Holders, LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import { nextChange } from './cooling.ts';
import { type HolderStore, preparationsPerWrite, type StoredHolder } from './holder.store.ts';
import type { ModelStore } from './model.store.ts';
import { crossQuietly, type QuietMove } from './quiet-crossing.ts';
import { refold } from './record.ts';

export interface RescoreLeadDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history' | 'save'>;
  readonly holders: HolderStore;
  readonly reviews: Pick<ReviewStore, 'get'>;
  readonly models: Pick<ModelStore, 'get'>;
  readonly activations: Pick<ActivationStore, 'get'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `same`: nothing to do; the lead is of this model, or erased, or the model is not the active one any more. */
export type RescoreOutcome = 'same' | 'rescored' | 'crossed';

/** A lead under the model, not stored yet; `rest` is what fits into the transaction that moves it. */
interface Prepared extends QuietMove {
  readonly rejudged: readonly Activity[];
  readonly holders: Holders;
  readonly leftovers: readonly StoredHolder[];
  readonly milestones: ReturnType<typeof refold>['milestones'];
}

/**
 * Brings one lead to the active model: folds its whole ledger anew and stores the result in one transaction, on condition that nobody
 * has written the lead since it was read. Activities that come in the meantime are scored with the lead's own model, so that there is
 * no instant at which a lead is of two (I-S5); they only make this begin again. Nobody is told.
 */
export async function rescoreLead(
  { leadId, read }: { readonly leadId: string; readonly read?: Lead },
  version: string,
  deps: RescoreLeadDeps,
): Promise<RescoreOutcome> {
  let lead = read ?? (await deps.leads.get(leadId));
  // Every round moves the lead, or somebody else wrote it in the meantime.
  for (let round = 0; round < 100; round++) {
    if (!lead || lead.modelVersion === version) return 'same';
    const outcome = await move(lead, version, deps);
    if (outcome !== 'conflict') return outcome;
    if ((await deps.activations.get())?.version !== version) return 'same';
    lead = await deps.leads.get(leadId);
  }
  throw new Error('this lead is written to by too many at once: the message comes back by itself');
}

async function move(read: Lead, version: string, deps: RescoreLeadDeps): Promise<RescoreOutcome | 'conflict'> {
  const prepared = await prepare(read, version, deps);
  const batches = inBatches(prepared);
  const last = batches.pop();
  let { ver } = read;
  // A long history has more holders than one transaction takes: the first of them are written ahead, where nobody looks for them
  // while the lead is of its old model.
  for (const { holders, rejudged } of batches) {
    const preparation = { modelVersion: version, holders, rejudged };
    if ((await deps.holders.prepare({ leadId: read.leadId, ver }, preparation)) === 'conflict') return 'conflict';
    ver += 1;
  }
  const lead = { ...prepared.lead, ver: ver + 1 };
  const saved = await deps.leads.save({
    lead,
    ...{ recorded: [], evidence: [], statements: [], outbox: [] },
    rejudged: last?.rejudged ?? [],
    holders: last?.holders ?? {},
    milestones: prepared.milestones,
    dueAt: lead.dueAt,
    isMoved: true,
    ...(prepared.review !== undefined && { review: prepared.review }),
  });
  if (saved.outcome !== 'saved') return 'conflict';
  await clearAway(lead, prepared.leftovers, deps);
  return prepared.isCrossing ? 'crossed' : 'rescored';
}

async function prepare(lead: Lead, version: string, deps: RescoreLeadDeps): Promise<Prepared> {
  const { leadId } = lead;
  const [was, model, history, stored, review] = await Promise.all([
    deps.models.get(lead.modelVersion),
    deps.models.get(version),
    deps.leads.history(leadId),
    deps.holders.all(leadId),
    deps.reviews.get(leadId),
  ]);
  const now = deps.now();
  const { lead: after, holders, rejudged, milestones } = refold(lead, history, model, now);
  const quiet = crossQuietly({ before: lead, was, after, model, review, now });
  return {
    ...quiet,
    lead: { ...quiet.lead, dueAt: nextChange({ ...quiet.lead, dueAt: null }, model, now) },
    rejudged,
    milestones,
    holders: difference(
      stored.filter(({ modelVersion }) => modelVersion === version),
      holders,
    ),
    leftovers: stored.filter(({ modelVersion }) => modelVersion !== version),
  };
}

/** What is to be written so that what is stored becomes what should be: an earlier attempt, or an earlier time, may have left some. */
function difference(stored: readonly StoredHolder[], wanted: Holders): Holders {
  const known = new Map<string, Holder>(stored.map((holder) => [holder.name, holder]));
  const written = Object.entries(wanted).filter(([name, holder]) => holder?.activityId !== known.get(name)?.activityId);
  const gone = stored.filter(({ name }) => !wanted[name]).map(({ name }): [string, null] => [name, null]);
  return Object.fromEntries([...written, ...gone]);
}

interface Batch {
  readonly holders: Holders;
  readonly rejudged: readonly Activity[];
}

/** In portions that each fit one transaction; the last goes with the lead itself. */
function inBatches({ holders, rejudged }: Pick<Prepared, 'holders' | 'rejudged'>): Batch[] {
  const parts = [
    ...Object.entries(holders).map((holder) => ({ holder, row: null })),
    ...rejudged.map((row) => ({ holder: null, row })),
  ];
  return Array.from({ length: Math.ceil(parts.length / preparationsPerWrite) }, (_, index) => {
    const some = parts.slice(index * preparationsPerWrite, (index + 1) * preparationsPerWrite);
    return {
      holders: Object.fromEntries(some.flatMap(({ holder }) => (holder ? [holder] : []))),
      rejudged: some.flatMap(({ row }) => row ?? []),
    };
  });
}

/**
 * Deletes what held scopes under the models that the lead has left. Each write gives the lead a new `ver`: somebody who is just bringing
 * it back to one of these models has looked at what there is, and must look again. Whoever is in the way is let go first: what stays is
 * in nobody's way, and goes with the next change of models.
 */
async function clearAway(
  { leadId, ver }: Lead,
  leftovers: readonly StoredHolder[],
  { holders }: RescoreLeadDeps,
): Promise<void> {
  let current = ver;
  for (const [modelVersion, some] of Map.groupBy(leftovers, (holder) => holder.modelVersion)) {
    for (let first = 0; first < some.length; first += preparationsPerWrite) {
      const gone = some.slice(first, first + preparationsPerWrite).map(({ name }): [string, null] => [name, null]);
      const preparation = { modelVersion, holders: Object.fromEntries(gone), rejudged: [] };
      if ((await holders.prepare({ leadId, ver: current }, preparation)) === 'conflict') return;
      current += 1;
    }
  }
}
