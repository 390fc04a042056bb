import * as z from 'zod';
import { type Handoff, HandoffStatus } from '../handoff/handoff.ts';
import { asTyped } from '../handoff/notice-typed.ts';
import { shownAddress } from '../leads/shown-address.ts';
import { handoffKeys } from '../leads/table.ts';
import { type HttpAnswer, type HttpRequest, page, RequestError } from '../runtime/http.ts';
import { timeLeft } from './handoff-clock.ts';
import type { HandoffRow } from './handoff-table.ts';
import { handoffsPage, type Tab } from './handoffs-page.ts';
import { handoffsText } from './handoffs-text.ts';
import type { Reader } from './reader.ts';
import { rememberedRep, repCookie } from './rep-cookie.ts';
import type { Frame } from './shell.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';
import { openTasks } from './show-tasks.ts';

const perPage = 25;
/** Who has leafed so far through what is open looks for something else: a filter, or the lead's own page. */
const furthest = 500;

const Filter = z.object({
  show: z.enum(['mine', 'team', 'queue']).optional(),
  status: z.union([HandoffStatus, z.literal(['open', 'all'])]).default('open'),
  /** Whose of the team's; left out: everybody's. */
  of: z.string().max(64).optional(),
  from: z.coerce.number().int().min(0).max(furthest).default(0),
  cursor: z.string().max(2048).optional(),
});
type Filter = z.infer<typeof Filter>;

/** What the inbox is read from. */
export type InboxDeps = Pick<PagesDeps, 'handoffs' | 'leads' | 'tasks' | 'team' | 'account'>;

/** The inbox of whoever looks: `?rep=` says who, and is remembered. */
export async function showHandoffs(request: HttpRequest, frame: Frame, deps: InboxDeps): Promise<string | HttpAnswer> {
  const { query } = request;
  const filter = Filter.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!filter.success) throw new RequestError(422, 'invalid-filter', 'This filter is not understood.');
  const repNames = repNamesOf(deps.team);
  const said = query.get('rep');
  const me = knownIn(repNames, said ?? rememberedRep(request));
  const tab = filter.data.show ?? (me === null ? 'team' : 'mine');
  const [{ items, next }, tasks] = await Promise.all([
    wanted(filter.data, tab, me, deps),
    tab === 'queue' || (tab === 'mine' && me === null)
      ? []
      : openTasks(tab === 'mine' ? (me ?? undefined) : undefined, frame.reader, deps),
  ]);
  const named = await withNames(items, frame.reader, deps);
  const { team, account } = deps;
  const rows = named.map((row) => ({
    ...row,
    left: timeLeft(row.handoff, { team, account, now: frame.reader.nowMs }),
  }));
  const { status } = filter.data;
  const of = tab === 'team' ? knownIn(repNames, filter.data.of ?? null) : null;
  const shown = handoffsPage({ frame, rows, next, tab, status, of, me, repNames, tasks });
  return said === null ? shown : page(shown, 200, { 'set-cookie': repCookie(me ?? '', { isLocal: frame.local }) });
}

/** Who this browser says is looking; `null` for who is not, or no more, in the team. */
export function knownIn(repNames: Readonly<Record<string, string>>, rep: string | null): string | null {
  return rep !== null && Object.hasOwn(repNames, rep) ? rep : null;
}

interface Found {
  readonly items: readonly Handoff[];
  readonly next: Readonly<Record<string, string>> | null;
}

async function wanted(
  { status, of, from, cursor }: Filter,
  tab: Tab,
  me: string | null,
  { handoffs }: InboxDeps,
): Promise<Found> {
  if (tab === 'mine' && me === null) return { items: [], next: null };
  const rep = tab === 'mine' ? (me ?? undefined) : tab === 'team' ? of : undefined;
  if (tab !== 'queue' && status === 'open') return open({ rep, from }, handoffs);
  const one = tab === 'queue' ? 'queued' : status === 'all' ? undefined : HandoffStatus.parse(status);
  const found = await handoffs.list({ status: one, rep, limit: perPage, cursor });
  return { items: found.items, next: found.cursor === null ? null : { cursor: found.cursor } };
}

/**
 * Whatever is open, in one order. Each status is a list of its own in the index: so many of each are read that the first ones of all
 * are among them. Capacities keep them few.
 */
async function open(
  { rep, from }: { readonly rep: string | undefined; readonly from: number },
  handoffs: InboxDeps['handoffs'],
): Promise<Found> {
  const until = from + perPage;
  // What waits in the queue is nobody's.
  const statuses =
    rep === undefined ? (['queued', 'assigned', 'accepted'] as const) : (['assigned', 'accepted'] as const);
  const lists = await Promise.all(statuses.map((status) => handoffs.list({ status, rep, limit: until + 1 })));
  const sorted = lists.flatMap(({ items }) => items).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    items: sorted.slice(from, until),
    next: sorted.length > until && until <= furthest ? { from: String(until) } : null,
  };
}

function placeOf(handoff: Handoff): string {
  return handoffKeys(handoff.status, handoff).listSk;
}

/** The hand-offs with the names of their leads: a hand-off itself names nobody. */
export function withNames(
  handoffs: readonly Handoff[],
  { language }: Pick<Reader, 'language'>,
  { leads }: Pick<PagesDeps, 'leads'>,
): Promise<readonly HandoffRow[]> {
  return Promise.all(
    handoffs.map(async (handoff) => {
      const lead = await leads.get(handoff.leadId);
      return { handoff, leadName: nameOf(lead, language), company: asTyped(lead?.attributes.company, 80) };
    }),
  );
}

/** What to call a lead: their name, else their address. */
export async function leadNameOf(
  leadId: string,
  { language }: Pick<Reader, 'language'>,
  { leads }: Pick<PagesDeps, 'leads'>,
): Promise<string> {
  return nameOf(await leads.get(leadId), language);
}

function nameOf(lead: Awaited<ReturnType<PagesDeps['leads']['get']>>, language: Reader['language']): string {
  if (!lead) return handoffsText[language].erasedLead;
  return asTyped(lead.attributes.name, 120) || shownAddress(lead.emailAsTyped).text;
}
