import { type Activity, byOccurrence } from '../leads/activity.ts';
import type { At, Fold, ScoreGroup, Silence, Tally } from '../leads/fold.ts';
import { dayMs } from '../leads/fold.ts';
import type { Holder, Holders } from '../leads/lead.store.ts';
import { fromText, type Points, toText, weigh } from '../leads/points.ts';
import type { CompiledModel, Meaning, Past } from './compiled-model.ts';
import { holderName } from './scope.ts';
import { hear, heardIn, noSilence } from './silence.ts';

/** Points that an activity earns under one rule. */
export interface Payment {
  readonly ruleId: string;
  readonly group: ScoreGroup;
  readonly points: number;
  readonly halfLifeMs: number | null;
  readonly limit: number | undefined;
  /** Which scope of the rule it wants to hold; `null`: it needs none. */
  readonly holder: string | null;
  readonly at: At;
}

/** The rule under which manual adjustments count (Q2): a person's judgement, so it belongs to who they are. */
export const byHand = 'adjusted-by-hand';

/** Everything that one activity, judged as it is, says under a model. Two of these tell what a new verdict changes. */
export interface Said {
  readonly payments: readonly Payment[];
  readonly signals: Meaning['signals'];
  readonly heard: 'delivery' | 'stir' | null;
}

export function saidBy(activity: Activity, model: CompiledModel, past?: Past): Said {
  const { rulesFor, signals } = model.meaningOf(activity.type);
  const at = { activityId: activity.activityId, occurredAt: activity.occurredAt };
  const payments: Payment[] = [];
  for (const { rule, halfLifeMs, pays } of rulesFor(activity.properties)) {
    if (!pays(activity, past)) continue;
    const { id: ruleId, group, points, limit } = rule;
    payments.push({ ruleId, group, points, halfLifeMs, limit, holder: holderName(rule, activity, model.timeZone), at });
  }
  const adjusted = adjustment(activity);
  if (adjusted !== 0)
    payments.push({
      ruleId: byHand,
      group: 'fit',
      points: adjusted,
      halfLifeMs: null,
      limit: undefined,
      holder: null,
      at,
    });
  return {
    payments,
    signals: signals.filter(({ seenIn }) => seenIn(activity)),
    heard: model.absenceRules.length > 0 ? heardIn(activity) : null,
  };
}

/** Only the operator's own door adjusts by hand: whoever tracks an activity of that name adjusts nothing. */
function adjustment({ type, source, properties: { points } }: Activity): number {
  return type === 'score.adjusted' && source === 'operator' && Number.isInteger(points) ? Number(points) : 0;
}

/** A fold in the making. Adding in any order, and adding what is there already, ends in the same fold (I-S2, I-S3). */
export interface Folding {
  /** `false` when what came late may undo what was complete: start anew, from the whole ledger. */
  add(said: Said, at: At): boolean;
  fold(): Fold;
  /** Holders that have changed since the start. */
  readonly changed: Holders;
}

/** Goes on from a fold of this model, or begins a new one. `holders`: who holds what, as far as the added payments may want it. */
export function folding(model: CompiledModel, start?: Fold, holders: Holders = {}): Folding {
  const tallies = new Map<string, { tally: Omit<Tally, 'sum'>; sum: Points }>();
  for (const [ruleId, { sum, ...tally }] of Object.entries(start?.tallies ?? {}))
    tallies.set(ruleId, { tally, sum: fromText(sum) });
  const firsts = new Map<string, At>(Object.entries(start?.firsts ?? {}));
  const lasts = new Map<string, At>(Object.entries(start?.lasts ?? {}));
  const silences = new Map<string, Silence>(
    model.absenceRules.map((rule) => [rule.id, start?.silences[rule.id] ?? noSilence(rule)]),
  );
  const changed: Record<string, Holder> = {};

  const pay = ({ ruleId, group, points, halfLifeMs, limit, at }: Payment, replaced: Holder | null): void => {
    const known = tallies.get(ruleId);
    const worth = weigh(points, Date.parse(at.occurredAt), halfLifeMs);
    const given = replaced ? weigh(points, Date.parse(replaced.occurredAt), halfLifeMs) : 0n;
    if (known) known.sum += worth - given;
    else {
      const halfLifeDays = halfLifeMs === null ? null : halfLifeMs / dayMs;
      const tally = { group, halfLifeDays, ...(limit !== undefined && { limit }) };
      tallies.set(ruleId, { tally, sum: worth - given });
    }
  };

  return {
    add({ payments, signals, heard }, at) {
      for (const payment of payments) {
        const { holder: name } = payment;
        const holder = name === null ? null : (changed[name] ?? holders[name] ?? null);
        // The earliest holds the scope, and a late earlier one replaces it exactly (requirements §2.4).
        if (holder && byOccurrence(holder, at) <= 0) continue;
        pay(payment, holder);
        if (name !== null) changed[name] = at;
      }
      for (const { name, isBuying } of signals) {
        const first = firsts.get(name);
        if (!first || byOccurrence(at, first) < 0) firsts.set(name, at);
        const last = lasts.get(name);
        if (isBuying && (!last || byOccurrence(last, at) < 0)) lasts.set(name, at);
      }
      return (
        heard === null ||
        model.absenceRules.every((rule) => {
          const silence = hear(silences.get(rule.id) ?? noSilence(rule), heard, at, rule);
          if (silence) silences.set(rule.id, silence);
          return silence !== null;
        })
      );
    },
    fold: () => ({
      tallies: sorted(
        [...tallies]
          .filter(([, { sum }]) => sum !== 0n)
          .map(([id, { tally, sum }]) => [id, { ...tally, sum: toText(sum) }]),
      ),
      silences: Object.fromEntries(silences),
      firsts: sorted([...firsts]),
      lasts: sorted([...lasts]),
      limits: limitsOf(model),
    }),
    changed,
  };
}

/** By name, so that equal folds are equal to the byte. */
function sorted<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function limitsOf({ model: { groups, floor } }: CompiledModel): Fold['limits'] {
  return {
    ...(groups.engagement.limit !== undefined && { engagement: groups.engagement.limit }),
    ...(groups.fit.limit !== undefined && { fit: groups.fit.limit }),
    ...(floor !== undefined && { floor }),
  };
}
