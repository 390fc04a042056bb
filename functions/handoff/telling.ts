import type { Account } from '../leads/account.ts';
import { type LeadStore, leadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { Publish } from '../runtime/publish.ts';
import { type HandoffStore, handoffStore } from './handoff.store.ts';
import type { Handoff } from './handoff.ts';
import { handoffToken } from './handoff-link.ts';
import { type HotLead, hotLead } from './hot-lead.ts';
import { type Concerned, type News, newsOf } from './notice.ts';
import { silencedIn } from './silenced.ts';
import type { Channel, Team } from './team.ts';

/** What telling somebody takes. */
export interface TellDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history'>;
  readonly handoffs: Pick<HandoffStore, 'get'>;
  readonly team: Team;
  readonly account: Pick<Account, 'name' | 'language' | 'timeZone' | 'replyTo' | 'senderName'>;
  /** Public origin of the pages, without a slash at its end. */
  readonly baseUrl: string;
  /** Which of these mailboxes have stopped our notices. */
  readonly silenced: (emails: readonly string[]) => Promise<readonly string[]>;
  /** The keys that sign links, as the secret holds them. */
  readonly linkKeys: () => Promise<string>;
  readonly publish: Publish;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Given = Pick<TellDeps, 'team' | 'account' | 'baseUrl' | 'linkKeys' | 'publish' | 'now'> & {
  readonly table: Table;
};

/** What a door tells reps with. */
export function telling({ table, ...given }: Given): TellDeps {
  const { timeZone } = given.account;
  return {
    ...given,
    leads: leadStore(table, timeZone),
    handoffs: handoffStore(table, timeZone),
    silenced: silencedIn(table),
  };
}

/** A rep, or the manager. */
export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly channel: Channel;
  readonly language: string;
  readonly timeZone: string;
  readonly bookingUrl?: string | undefined;
}

/** What one person is told, not yet written for their channel. */
export type Notice = { readonly reader: Reader; readonly handoff: Handoff; readonly lead: Lead } & (
  | { readonly about: 'hot-lead'; readonly told: HotLead }
  | { readonly about: Exclude<Concerned['about'], 'hot-lead'>; readonly told: News }
);

/** The notice for somebody of the team; `null` for whoever is not in it any more, or when there is nothing to tell. */
export async function composed(
  about: Concerned['about'],
  { rep, handoff, lead }: { readonly rep: string; readonly handoff: Handoff; readonly lead: Lead },
  deps: TellDeps,
): Promise<Notice | null> {
  const { team, account, baseUrl, leads, now } = deps;
  // What whoever has left is to know, the manager must; that something is gone, nobody.
  const reader = readerOf(rep, team, account) ?? (about === 'gone' ? null : readerOf(team.manager.id, team, account));
  if (!reader) return null;
  const openUrl = await linkFor(reader.id, handoff, deps);
  const { language, timeZone } = reader;
  const given = { reader, language, timeZone, team, account, baseUrl, openUrl, now: now() };
  if (about === 'hot-lead') {
    const told = hotLead(handoff, lead, await leads.history(lead.leadId), given);
    return { reader, handoff, lead, about, told };
  }
  const told = newsOf(about, handoff, lead, given);
  return told && { reader, handoff, lead, about, told };
}

/** The link by which this one answers; who has it no more is only shown. */
export async function linkFor(
  rep: string,
  { leadId, cycle, turn }: Pick<Handoff, 'leadId' | 'cycle' | 'turn'>,
  { baseUrl, linkKeys }: Pick<TellDeps, 'baseUrl' | 'linkKeys'>,
): Promise<string> {
  return `${baseUrl}/h/${handoffToken({ leadId, cycle, turn, rep }, readLinkKeys(await linkKeys()))}`;
}

/** Somebody of the team, with what they left out filled in. */
export function readerOf(id: string, team: Team, account: Pick<Account, 'timeZone'>): Reader | null {
  const rep = team.reps.find((each) => each.id === id);
  const person = rep ?? (team.manager.id === id ? team.manager : undefined);
  if (!person) return null;
  const { name, email, channel, locale } = person;
  return {
    ...{ id, name, email, channel, language: locale ?? team.hotLead.language },
    timeZone: rep?.timeZone ?? account.timeZone,
    bookingUrl: rep?.bookingUrl,
  };
}
