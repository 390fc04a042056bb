import type * as z from 'zod';
import type { HandoffChanged } from '../leads/bus-event.ts';
import { stableId } from '../leads/lead-id.ts';
import { Handoff, isOpen } from './handoff.ts';
import { type Concerned, concernedBy } from './notice.ts';
import { byChannel } from './notice-body.ts';
import { emailTo } from './notice-email.ts';
import { composed, type TellDeps } from './telling.ts';

/** A call by which somebody is told. `key`: orders with the same one, of the same hand-off, are the same call. */
export interface NoticeOrder {
  readonly leadId: string;
  readonly handoffId: string;
  /** A name in the secret with the addresses. */
  readonly endpoint: string;
  readonly kind: 'slack' | 'teams' | 'webhook';
  readonly purpose: 'notification';
  readonly what: Concerned['about'];
  readonly key: string;
  /** JSON. */
  readonly body: string;
}

export interface NotifyDeps extends TellDeps {
  /** Makes the call, and sees to it until it has arrived or is given up; the same order twice is one call. */
  readonly deliver: (order: NoticeOrder) => Promise<unknown>;
}

type Changed = z.output<typeof HandoffChanged.detail>;

/**
 * Tells whoever a change of a hand-off concerns, where they want to be told. The same change again tells nobody twice: e-mails and
 * calls are named by it. Of somebody who was erased since nobody hears.
 */
export async function notifyReps(changed: Changed, deps: NotifyDeps): Promise<'told' | 'nobody' | 'unknown-lead'> {
  const announced = Handoff.parse(changed.handoff);
  if (concernedBy(changed.what, announced, deps.team).length === 0) return 'nobody';
  const current = await deps.handoffs.get(announced.leadId, announced.cycle);
  const lead = await deps.leads.get(announced.leadId);
  if (!current || !lead) return 'unknown-lead';
  // What a lead did is for whoever has them by now.
  const handoff = changed.what === 'noted' ? { ...current, notes: announced.notes } : announced;
  const isTheirs = isOpen(current) && handoff.turn === current.turn;
  const concerned = concernedBy(changed.what, handoff, deps.team).filter(({ about }) => about === 'gone' || isTheirs);
  for (const each of concerned) await tell(each, changed, { handoff, lead }, deps);
  return concerned.length > 0 ? 'told' : 'nobody';
}

type About = Pick<Parameters<typeof composed>[1], 'handoff' | 'lead'>;

async function tell({ rep, about }: Concerned, { ver, at }: Changed, { handoff, lead }: About, deps: NotifyDeps) {
  const notice = await composed(about, { rep, handoff, lead }, deps);
  // Somebody who has left the team, or nothing to tell.
  if (!notice) return;
  const { channel, id } = notice.reader;
  const { leadId, handoffId, cycle } = handoff;
  if (channel.kind === 'email') return emailTo(notice, { run: String(cycle), step: ver }, deps);
  await deps.deliver({
    ...{ leadId, handoffId, endpoint: channel.endpoint, kind: channel.kind, purpose: 'notification' },
    what: about,
    // Two reps may share a channel, and hear of the same change.
    key: stableId('notice', about, String(ver), id),
    body: JSON.stringify(byChannel(channel.kind, notice, at)),
  });
}
