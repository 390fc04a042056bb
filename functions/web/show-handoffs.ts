import * as z from 'zod';
import { type Handoff, HandoffStatus } from '../handoff/handoff.ts';
import { shownAddress } from '../leads/shown-address.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import { type HandoffRow, handoffsPage } from './handoffs-page.ts';
import { handoffsText } from './handoffs-text.ts';
import type { Reader } from './reader.ts';
import type { Frame } from './shell.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';

const Filter = z.object({
  status: HandoffStatus.optional(),
  rep: z.string().max(64).optional(),
  cursor: z.string().max(2048).optional(),
});

export async function showHandoffs({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const filter = Filter.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!filter.success) throw new RequestError(422, 'invalid-filter', 'This filter is not understood.');
  const { items, cursor } = await deps.handoffs.list({ ...filter.data, limit: 25 });
  return handoffsPage({
    frame,
    rows: await withNames(items, frame.reader, deps),
    cursor,
    filter: filter.data,
    repNames: repNamesOf(deps.team),
  });
}

/** The hand-offs with the names of their leads: a hand-off itself names nobody. */
export function withNames(
  handoffs: readonly Handoff[],
  reader: Pick<Reader, 'language'>,
  deps: PagesDeps,
): Promise<readonly HandoffRow[]> {
  return Promise.all(
    handoffs.map(async (handoff) => ({ handoff, leadName: await leadNameOf(handoff.leadId, reader, deps) })),
  );
}

/** What to call a lead: their name, else their address. */
export async function leadNameOf(
  leadId: string,
  { language }: Pick<Reader, 'language'>,
  { leads }: Pick<PagesDeps, 'leads'>,
): Promise<string> {
  const lead = await leads.get(leadId);
  if (!lead) return handoffsText[language].erasedLead;
  const { name } = lead.attributes;
  return typeof name === 'string' ? name : shownAddress(lead.emailAsTyped).text;
}
