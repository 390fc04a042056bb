import { MessageRequested } from '../leads/bus-event.ts';
import { localDay } from '../leads/calendar.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import { isOpen, parseHandoffId } from './handoff.ts';
import { emailTo } from './notice-email.ts';
import { noticeText } from './notice-text.ts';
import { composed, readerOf, type TellDeps } from './telling.ts';

/** A call that is given up. */
export interface LostCall {
  readonly deliveryId: string;
  readonly handoffId: string;
  readonly endpoint: string;
  readonly purpose: 'notification' | 'webhook';
  readonly what: string;
  /** In order: the status they answered, or why there was no answer. */
  readonly attempts: readonly { readonly status?: number | undefined; readonly error?: string | undefined }[];
}

/**
 * A call to a channel is given up: whoever was to hear by it gets an e-mail at once, and the manager hears of the channel, once a day.
 * Doing it again sends nothing more. Of somebody who was erased since nobody hears.
 */
export async function tellInstead(lost: LostCall, deps: TellDeps): Promise<void> {
  if (lost.purpose === 'notification') await byEmail(lost, deps);
  await deps.publish([brokenChannel(lost, deps)]);
}

/** As things are by now, to whoever has it. That it is gone is told once or not at all. */
async function byEmail({ deliveryId, handoffId, what, endpoint }: LostCall, deps: TellDeps): Promise<void> {
  const named = parseHandoffId(handoffId);
  const handoff = named && (await deps.handoffs.get(named.leadId, named.cycle));
  const lead = named && (await deps.leads.get(named.leadId));
  if (!handoff || !lead || handoff.rep === null || !isOpen(handoff)) return;
  const { rep } = handoff;
  const channel = readerOf(rep, deps.team, deps.account)?.channel;
  // It has gone on to somebody who hears elsewhere.
  if (channel === undefined || channel.kind === 'email' || channel.endpoint !== endpoint) return;
  if (what !== 'hot-lead' && what !== 'noted') return;
  const notice = await composed(what, { rep, handoff, lead }, deps);
  if (notice) await emailTo(notice, { run: deliveryId, step: 1 }, deps);
}

function brokenChannel({ endpoint, purpose, attempts }: LostCall, deps: TellDeps): OutgoingEvent {
  const { team, account, baseUrl, now } = deps;
  const { manager } = team;
  const language = readerOf(manager.id, team, account)?.language ?? team.hotLead.language;
  const { broken, labels } = noticeText(language);
  const last = attempts.at(-1);
  const { answered, unanswered } = broken;
  const why = last?.status === undefined ? (unanswered[last?.error ?? ''] ?? unanswered.other) : answered(last.status);
  return toEvent(MessageRequested, {
    // About no lead.
    leadId: 'account',
    sequence: 'channel-broken',
    run: `${endpoint}-${localDay(new Date(now()).toISOString(), account.timeZone)}`,
    ...{ step: 1, template: 'channel-broken', language },
    to: { kind: 'team', email: manager.email, name: manager.name },
    data: {
      headline: broken.channel(endpoint),
      text: purpose === 'notification' ? broken.told : broken.events,
      detail: why,
      url: `${baseUrl}/deliveries`,
      button: labels.deliveries,
    },
    policy: 'atLeastOnce',
  });
}
