import { MessageRequested } from '../leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import { noticeText } from './notice-text.ts';
import { linkFor, type Notice, readerOf, type TellDeps } from './telling.ts';

/** What tells one e-mail from another about the same hand-off: asked for twice, it is sent once. */
interface Name {
  readonly run: string;
  readonly step: number;
}

/**
 * Tells somebody by e-mail. Where they have stopped our e-mails, the manager is told that they do not know of their lead; short news
 * then wait on the page.
 */
export async function emailTo(notice: Notice, name: Name, deps: TellDeps): Promise<void> {
  const { reader, about } = notice;
  const isSilent = (await deps.silenced([reader.email])).length > 0;
  if (!isSilent) return deps.publish([requestOf(notice, name, deps)]);
  if (about === 'hot-lead' || about === 'waiting') await deps.publish([await instead(notice, deps)]);
}

function requestOf(notice: Notice, name: Name, { team }: TellDeps): OutgoingEvent {
  const { reader, handoff, about, told } = notice;
  const { leadId, cycle, turn } = handoff;
  const isHotLead = about === 'hot-lead';
  return toEvent(MessageRequested, {
    leadId,
    // Whatever the channel at first, a turn has one such e-mail.
    ...(isHotLead ? { sequence: 'handoff', run: String(cycle), step: turn } : { sequence: 'handoff-news', ...name }),
    template: isHotLead ? team.hotLead.template : 'handoff-news',
    language: reader.language,
    to: { kind: 'team', email: reader.email, name: reader.name },
    data: { ...told },
    // A rep told twice shrugs; a rep not told lets a hot lead cool.
    policy: 'atLeastOnce',
  });
}

/** To the manager, or, of the manager, to the mailbox that everybody reads: somebody has a lead and cannot be told. */
async function instead({ reader, handoff }: Notice, deps: TellDeps): Promise<OutgoingEvent> {
  const {
    account,
    team: { manager },
  } = deps;
  const language = readerOf(manager.id, deps.team, deps.account)?.language ?? deps.team.hotLead.language;
  const { broken, labels } = noticeText(language);
  const { leadId, cycle, turn } = handoff;
  return toEvent(MessageRequested, {
    ...{ leadId, sequence: 'handoff-untold', run: String(cycle), step: turn, template: 'channel-broken', language },
    to: {
      kind: 'team',
      ...(reader.id === manager.id ? { email: account.replyTo, name: account.senderName } : ownOf(manager)),
    },
    data: {
      headline: broken.silent(reader.name),
      text: broken.silentWhy(reader.name),
      detail: '',
      url: await linkFor(manager.id, handoff, deps),
      button: labels.open,
    },
    policy: 'atLeastOnce',
  });
}

function ownOf({ email, name }: { readonly email: string; readonly name: string }) {
  return { email, name };
}
