import { type Activity, byOccurrence, type CapturedActivity } from '../leads/activity.ts';
import type { At } from '../leads/fold.ts';
import type { CompiledModel } from './compiled-model.ts';
import { type Said, saidBy } from './folding.ts';
import { type KnownPast, knownPast } from './known-past.ts';

/** What a batch says, before it is known who holds what. */
export interface Plan {
  readonly captured: readonly CapturedActivity[];
  /** The new rows of the ledger, judged, oldest first. */
  readonly recorded: readonly Activity[];
  /** Rows that stand in the ledger and are judged otherwise, now that more is known (T6). */
  readonly rejudged: readonly Activity[];
  /** What is to be added to the fold. */
  readonly said: readonly { readonly said: Said; readonly at: At }[];
  /** The scopes that this batch has to do with. */
  readonly holderNames: readonly string[];
  /** Something that counted does not count any more: only the whole ledger can say what counts in its place. */
  readonly takesBack: boolean;
  /** `said` is that of the whole ledger, not of what is new. */
  readonly isWhole: boolean;
}

/**
 * What `captured` (in the ledger already: left out) says, in the light of the rows `around` it. Costs what the batch and its
 * surroundings have, never what the lead's history has. Rows that new neighbours make a person's, or a machine's, are judged again.
 */
export function planOf(
  captured: readonly CapturedActivity[],
  around: readonly Activity[],
  model: CompiledModel,
  recordedAt: string,
): Plan {
  const known = new Set(around.map(({ activityId }) => activityId));
  const fresh = captured.filter(({ activityId }) => !known.has(activityId)).toSorted(byOccurrence);
  const isNew = new Set(fresh.map(({ activityId }) => activityId));
  const after = knownPast([...around, ...fresh.map((activity) => toActivity(activity, recordedAt))], model);
  const recorded = after.activities.filter(({ activityId }) => isNew.has(activityId));
  const said = recorded.map((activity) => ({ said: saidBy(activity, model, after.past), at: atOf(activity) }));
  const names = said.flatMap((one) => namesIn(one.said));
  if (around.length === 0)
    return { captured: fresh, recorded, rejudged: [], said, holderNames: names, takesBack: false, isWhole: false };

  const changes = changesAmong(knownPast(around, model), after, model);
  return {
    captured: fresh,
    recorded,
    rejudged: changes.rejudged,
    said: [...said, ...changes.gained],
    holderNames: [...new Set([...names, ...changes.holderNames])],
    takesBack: changes.takesBack,
    isWhole: false,
  };
}

/** The same plan, decided on the whole ledger. What of the batch is in the ledger already is left out. */
export function wholePlan(plan: Plan, history: readonly Activity[], model: CompiledModel): Plan {
  const stored = new Map(history.map((row) => [row.activityId, row]));
  const isNew = ({ activityId }: { readonly activityId: string }) => !stored.has(activityId);
  const recorded = plan.recorded.filter(isNew);
  const { activities, past } = knownPast([...history, ...recorded], model);
  const judged = new Map(activities.map((activity) => [activity.activityId, activity]));
  return {
    ...plan,
    captured: plan.captured.filter(isNew),
    recorded: recorded.map((row) => judged.get(row.activityId) ?? row),
    rejudged: activities.filter(({ activityId, verdict }) => {
      const row = stored.get(activityId);
      return row !== undefined && !isSame(row.verdict, verdict);
    }),
    said: activities.map((activity) => ({ said: saidBy(activity, model, past), at: atOf(activity) })),
    isWhole: true,
  };
}

/** Everything the ledger says under a model: what a lead is brought to that model with. */
export function historyPlan(history: readonly Activity[], model: CompiledModel): Plan {
  const nothing = { captured: [], recorded: [], rejudged: [], said: [], holderNames: [], takesBack: false };
  return wholePlan({ ...nothing, isWhole: true }, history, model);
}

interface Changes {
  readonly rejudged: readonly Activity[];
  readonly gained: readonly { readonly said: Said; readonly at: At }[];
  readonly holderNames: readonly string[];
  readonly takesBack: boolean;
}

/** How the rows that stood there before are seen, now that the new ones are known. */
function changesAmong(before: KnownPast, after: KnownPast, model: CompiledModel): Changes {
  const rejudged: Activity[] = [];
  const gained: { said: Said; at: At }[] = [];
  const holderNames: string[] = [];
  let takesBack = false;
  const seenBefore = new Map(before.activities.map((activity) => [activity.activityId, activity]));
  for (const activity of after.activities) {
    const was = seenBefore.get(activity.activityId);
    if (!was) continue;
    if (!isSame(was.verdict, activity.verdict)) rejudged.push(activity);
    const [old, now] = [saidBy(was, model, before.past), saidBy(activity, model, after.past)];
    const { added, removed } = difference(old, now);
    if (removed) {
      takesBack = true;
      holderNames.push(...namesIn(old), ...namesIn(now));
    }
    if (added) {
      gained.push({ said: added, at: atOf(activity) });
      holderNames.push(...namesIn(added));
    }
  }
  return { rejudged, gained, holderNames, takesBack };
}

function difference(old: Said, now: Said): { readonly added: Said | null; readonly removed: boolean } {
  const had = new Set(old.payments.map(({ ruleId }) => ruleId));
  const has = new Set(now.payments.map(({ ruleId }) => ruleId));
  const payments = now.payments.filter(({ ruleId }) => !had.has(ruleId));
  const signals = now.signals.filter((signal) => !old.signals.includes(signal));
  const heard = old.heard === null ? now.heard : null;
  const removed =
    old.payments.some(({ ruleId }) => !has.has(ruleId)) ||
    old.signals.some((signal) => !now.signals.includes(signal)) ||
    (old.heard !== null && now.heard === null);
  const isMore = payments.length > 0 || signals.length > 0 || heard !== null;
  return { added: isMore ? { payments, signals, heard } : null, removed };
}

function isSame(a: Activity['verdict'], b: Activity['verdict']): boolean {
  return a?.by === b?.by && a?.reasons.join() === b?.reasons.join();
}

function namesIn({ payments }: Said): string[] {
  return payments.flatMap(({ holder }) => holder ?? []);
}

const atOf = ({ activityId, occurredAt }: Activity): At => ({ activityId, occurredAt });

/** The ledger's row of a captured activity: what happened, without who. */
export function toActivity(captured: CapturedActivity, recordedAt: string): Activity {
  const { activityId, type, occurredAt, source, properties, origin, quiet } = captured;
  return {
    ...{ activityId, type, occurredAt, recordedAt, source, properties },
    ...(origin && { origin }),
    ...(quiet && { quiet }),
  };
}
