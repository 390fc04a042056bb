import { masked } from '../consent/unsubscribe-page.ts';
import type { Colleague } from './colleague.ts';
import type { MessageFateStore } from './message-fate.store.ts';
import { type ReputationDeps, readReputation, todayIn } from './read-reputation.ts';
import type { ReconciliationStore } from './reconciliation.store.ts';
import { type ReconciliationState, reconciliationState } from './reconciliation-state.ts';
import type { Reputation } from './reputation.ts';
import type { Send, SendStatus } from './send.ts';
import type { SendingQuotaStore } from './sending-quota.store.ts';
import { type SendingQuota, sent24Hours } from './sending-quota.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import type { SendingSwitch } from './sending-switch.ts';
import type { SilenceStore } from './silence.store.ts';
import type { TroubleStore } from './trouble.store.ts';
import { warmUpDay, warmUpLimit } from './warm-up.ts';

/** What SES allows and what is used of it. `max24Hour` below zero: no limit. */
export interface QuotaView {
  readonly max24Hour: number;
  readonly sent24Hour: number;
  readonly maxSendRate: number;
  /** When SES said so. */
  readonly asOf: string;
}

/** A message that a person should look at. */
export interface TroubleView {
  readonly leadId: string;
  readonly sequence: string;
  readonly run: string;
  readonly step: number;
  readonly template: string;
  readonly purpose: Send['purpose'];
  readonly status: SendStatus;
  readonly reason: string | null;
  readonly at: string;
}

/** A colleague who has stopped our notices: hot leads wait for them in the list only. */
export interface SilentView {
  readonly id: string;
  readonly name: string;
  /** Masked. */
  readonly email: string;
  readonly at: string;
}

export interface ChangeView {
  /** Null when it was about all mail. */
  readonly sequence: string | null;
  readonly paused: SendingSwitch['paused'];
  readonly sequencePaused: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/** Is mail going out, and if not, why: `GET /api/sending`. */
export interface SendingView extends Pick<SendingSwitch, 'paused' | 'reason' | 'by' | 'at' | 'sequences'> {
  /** Null before the first message. */
  readonly quota: QuotaView | null;
  /** Null for a domain that is not warmed up, or no longer. */
  readonly warmUp: { readonly day: number; readonly limit: number; readonly sent: number } | null;
  readonly reputation: Reputation;
  /** Of how many messages SES has not told whether they arrived (T16). */
  readonly feedback: ReconciliationState;
  /** The newest first. */
  readonly trouble: readonly TroubleView[];
  readonly cursor: string | null;
  /** Who changed what, the newest first. */
  readonly changes: readonly ChangeView[];
  readonly silent: readonly SilentView[];
}

export interface ReadSendingDeps extends ReputationDeps {
  readonly switches: Pick<SendingSwitchStore, 'get' | 'changes'>;
  readonly quotas: Pick<SendingQuotaStore, 'get'>;
  readonly trouble: TroubleStore;
  readonly silences: Pick<SilenceStore, 'among'>;
  readonly colleagues: readonly Colleague[];
  readonly fates: Pick<MessageFateStore, 'unsettled'>;
  readonly reconciliations: Pick<ReconciliationStore, 'get'>;
}

const shownChanges = 10;

export async function readSending(
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  deps: ReadSendingDeps,
): Promise<SendingView> {
  const switched = await deps.switches.get();
  const [quota, reputation, feedback, trouble, changes, silent] = await Promise.all([
    deps.quotas.get(),
    readReputation(switched.baseline, deps),
    reconciliationState(deps.fates, deps.reconciliations, deps.now()),
    deps.trouble.list(limit, cursor),
    deps.switches.changes(shownChanges),
    silentColleagues(deps),
  ]);
  const { paused, reason, by, at, sequences } = switched;
  return {
    ...{ paused, reason, by, at, sequences, reputation, feedback },
    quota: quotaView(quota, deps.now()),
    warmUp: warmUpView(quota, deps),
    trouble: trouble.items.map(troubleView),
    silent,
    cursor: trouble.cursor,
    changes: changes.map(({ after, ...change }) => ({
      ...change,
      paused: after.paused,
      sequencePaused: change.sequence !== null && after.sequences.includes(change.sequence),
    })),
  };
}

async function silentColleagues({ silences, colleagues }: ReadSendingDeps): Promise<readonly SilentView[]> {
  const since = new Map((await silences.among(colleagues.map(({ id }) => id))).map(({ id, at }) => [id, at]));
  return colleagues.flatMap(({ id, name, email }) => {
    const at = since.get(id);
    return at === undefined ? [] : [{ id, name, email: masked(email), at }];
  });
}

function quotaView(quota: SendingQuota, now: number): QuotaView | null {
  if (quota.ses === null) return null;
  const { max24HourSend: max24Hour, maxSendRate, readAt: asOf } = quota.ses;
  return { max24Hour, sent24Hour: sent24Hours(quota, now), maxSendRate, asOf };
}

function warmUpView({ marketing }: SendingQuota, { account, now }: ReadSendingDeps): SendingView['warmUp'] {
  const today = todayIn(account.timeZone, now());
  const day = warmUpDay(account.sending.warmUpFrom, today);
  const limit = warmUpLimit(account.sending.warmUpFrom, today);
  if (day === null || limit === null) return null;
  return { day, limit, sent: marketing[today] ?? 0 };
}

function troubleView({ leadId, sequence, run, step, template, purpose, status, reason, at }: Send): TroubleView {
  return { leadId, sequence, run, step, template, purpose, status, reason: reason ?? null, at };
}
