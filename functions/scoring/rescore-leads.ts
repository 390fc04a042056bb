import type * as z from 'zod';
import { makeActive } from '../leads/activate-model.ts';
import type { ActivationStore } from '../leads/activation.store.ts';
import type { Activation } from '../leads/activation.ts';
import { RescoreDue } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { type Lead, Rating } from '../leads/lead.ts';
import { log, logFault } from '../runtime/log.ts';
import { type OutgoingEvent, type Publish, toEvent } from '../runtime/publish.ts';
import { type RescoreLeadDeps, type RescoreOutcome, rescoreLead } from './rescore-lead.ts';

export interface RescoreDeps extends RescoreLeadDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history' | 'save' | 'list'>;
  readonly activations: ActivationStore;
  readonly publish: Publish;
  /** Is there time for another page? */
  readonly hasTime: () => boolean;
}

const leadsPerPage = 50;
const leadsAtOnce = 10;

/** If nobody goes on by then, the sweep reminds somebody to. */
const patienceMs = 5 * 60_000;

/**
 * The lists of leads show what was written a moment ago, and the door that knocks for leads of another model may go by the version of
 * a moment ago: a pass that begins so long after the change misses nobody that is written by neither.
 */
const settledMs = 60_000;

/**
 * Brings the leads to the active model: the one that is named, or page by page all of them, until a pass over the lists has found
 * nobody else. Stops when its time is up, and asks to be called again. Any number of workers, crashes and repetitions end the same.
 */
export async function rescoreLeads(
  { version, leadId }: z.output<typeof RescoreDue.detail>,
  deps: RescoreDeps,
): Promise<void> {
  const active = await deps.activations.get();
  if (!active) return;
  if (leadId !== undefined) {
    // Whatever was active when the lead was knocked for: it is to be of the model that is active now. While not all copies say so
    // no pass has begun, and the first one will come by.
    if (active.activeSince !== null) await rescoreLead({ leadId }, active.version, deps);
    return;
  }
  if (active.version !== version || active.status === 'done') return;
  let activation = active.activeSince === null ? await makeActive(active, deps) : active;
  while (activation.status === 'running' && isDue(activation, deps)) {
    if (!deps.hasTime()) return deps.publish([toEvent(RescoreDue, { version })]);
    const next = await onePage(activation, deps);
    // Somebody else is at work on this, or on a later change.
    if ((await deps.activations.advance(next, remindAt(next, deps))) === 'overtaken') return;
    activation = next;
  }
  if (activation.status === 'done') log('leads-rescored', { version, rescored: activation.rescored });
}

/** A pass that must wait begins at the instant that is on the due index. */
function isDue({ passStartedAt }: Activation, { now }: RescoreDeps): boolean {
  return Date.parse(passStartedAt) <= now();
}

function remindAt(activation: Activation, deps: RescoreDeps): string {
  return isDue(activation, deps) ? new Date(deps.now() + patienceMs).toISOString() : activation.passStartedAt;
}

/** Works through one page of one list. Where the next one begins is part of the progress. */
async function onePage(activation: Activation, deps: RescoreDeps): Promise<Activation> {
  const [rating, cursor] = placeOf(activation);
  const total =
    activation.step <= 1 && activation.position === null ? await deps.activations.countLeads() : activation.total;
  const page = await deps.leads.list(rating, leadsPerPage, cursor);
  const outcomes = await rescoreAll(page.items, activation.version, deps);
  const moved = outcomes.filter((outcome) => outcome !== 'same').length;
  const seen = activation.seen + page.items.length;
  const progress = {
    ...activation,
    seen,
    total: Math.max(total, seen),
    found: activation.found + moved,
    rescored: activation.rescored + moved,
    crossed: activation.crossed + outcomes.filter((outcome) => outcome === 'crossed').length,
    step: activation.step + 1,
  };
  const following = Rating.options[Rating.options.indexOf(rating) + 1];
  if (page.cursor !== null) return { ...progress, position: `${rating} ${page.cursor}` };
  return following ? { ...progress, position: following } : afterPass(progress, deps);
}

/** `hot`, or `hot <cursor>`. */
function placeOf({ position }: Activation): readonly [Rating, string | undefined] {
  const [rating, cursor] = (position ?? 'hot').split(' ');
  return [Rating.parse(rating), cursor];
}

/**
 * One lead that cannot be moved must not hold up all the others: it is knocked for by itself, and when that keeps failing it ends in
 * the dead-letter queue, where somebody sees it.
 */
async function rescoreAll(
  leads: readonly Lead[],
  version: string,
  deps: RescoreDeps,
): Promise<readonly RescoreOutcome[]> {
  const outcomes: RescoreOutcome[] = [];
  const failed: OutgoingEvent[] = [];
  const work = async (read: Lead) => {
    try {
      outcomes.push(await rescoreLead({ leadId: read.leadId, read }, version, deps));
    } catch (error) {
      logFault('rescore-failed', error, { leadId: read.leadId });
      failed.push(toEvent(RescoreDue, { version, leadId: read.leadId }));
    }
  };
  for (let first = 0; first < leads.length; first += leadsAtOnce)
    await Promise.all(leads.slice(first, first + leadsAtOnce).map(work));
  await deps.publish(failed);
  return outcomes;
}

/**
 * Leads move between the lists while they are read, so a pass that had something to do is followed by another one. Whoever slips
 * through the last one has been written meanwhile, and what is written under another model is knocked for (publish-changes.ts).
 */
function afterPass(activation: Activation, { now }: RescoreDeps): Activation {
  const settledAt = Date.parse(activation.activeSince ?? activation.startedAt) + settledMs;
  const at = new Date(now()).toISOString();
  if (activation.found === 0 && Date.parse(activation.passStartedAt) >= settledAt)
    return { ...activation, status: 'done', position: null, finishedAt: at };
  const passStartedAt = new Date(Math.max(now(), settledAt)).toISOString();
  return { ...activation, pass: activation.pass + 1, passStartedAt, position: null, seen: 0, found: 0 };
}
