import * as z from 'zod';
import { RequestError } from '../runtime/http.ts';
import type { Activity } from './activity.ts';
import { normaliseEmail } from './email-address.ts';
import { scoreAt } from './fold.ts';
import type { LeadStore } from './lead.store.ts';
import { completeness, type Lead, LifecycleStage, Rating, stageOf } from './lead.ts';
import { leadIdOf } from './lead-id.ts';

/** A lead as people and scripts see it. */
export interface LeadView {
  readonly leadId: string;
  readonly email: string;
  readonly name: string | null;
  readonly attributes: Lead['attributes'];
  /** First touch (A5). `source` and `medium` are there when the link or the form named them. */
  readonly source: {
    readonly channel: string;
    readonly campaign: string;
    readonly source?: string;
    readonly medium?: string;
  };
  readonly score: Lead['score'];
  readonly rating: Rating;
  readonly stage: LifecycleStage;
  readonly types: readonly string[];
  readonly consent: Readonly<Record<string, string>>;
  readonly suppressed: Lead['suppressed'];
  /** The rule that says this is no buyer for us; never handed off (S16). */
  readonly disqualified: Lead['disqualified'];
  readonly completeness: number;
  readonly owner: string | null;
  readonly modelVersion: string;
  readonly createdAt: string;
}

export interface ReadLeadsDeps {
  readonly leads: Pick<LeadStore, 'get' | 'known' | 'list' | 'history'>;
  readonly pepper: () => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface LeadFilter {
  readonly rating?: Rating | undefined;
  readonly stage?: LifecycleStage | undefined;
  readonly email?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const types = ['iql', 'mql', 'sql', 'trial', 'customer'] as const;

/** The lead as of `nowMs` (epoch milliseconds): the score is that of this instant, not of the last activity. */
export function leadView(lead: Lead, nowMs: number): LeadView {
  const {
    leadId,
    emailAsTyped,
    attributes,
    origin,
    fold,
    rating,
    suppressed,
    disqualified,
    owner,
    modelVersion,
    createdAt,
  } = lead;
  return {
    leadId,
    email: emailAsTyped,
    name: typeof attributes.name === 'string' ? attributes.name : null,
    attributes,
    source: sourceOf(origin),
    score: scoreAt(fold, nowMs),
    rating,
    stage: stageOf(lead),
    types: types.filter((type) => lead.milestones[type] !== undefined),
    consent: Object.fromEntries(Object.entries(lead.consent).map(([purpose, { status }]) => [purpose, status])),
    suppressed,
    disqualified,
    completeness: completeness(lead),
    owner,
    modelVersion,
    createdAt,
  };
}

function sourceOf({ channel, campaign, source, medium }: Lead['origin']): LeadView['source'] {
  return { channel, campaign, ...(source !== undefined && { source }), ...(medium !== undefined && { medium }) };
}

const ratings: readonly Rating[] = ['hot', 'warm', 'cold'];
// The cursor says in which rating's list to go on, and where in it.
const Cursor = z.tuple([Rating, z.string().nullable()]);

/** A page of leads, highest score first: the hot list, then the warm, then the cold. */
export async function readLeads(
  { rating, stage, email, limit = 50, cursor }: LeadFilter,
  { leads, pepper, now }: ReadLeadsDeps,
): Promise<{ leads: readonly LeadView[]; cursor: string | null }> {
  if (email !== undefined) {
    const normalised = normaliseEmail(email);
    const lead = normalised ? await leads.get(leadIdOf(normalised, await pepper())) : null;
    return { leads: lead ? [leadView(lead, now())] : [], cursor: null };
  }
  const found: Lead[] = [];
  let position: z.infer<typeof Cursor> | null = cursor === undefined ? [rating ?? 'hot', null] : parseCursor(cursor);
  while (position && found.length < limit) {
    const [list, start]: z.infer<typeof Cursor> = position;
    const page = await leads.list(list, limit - found.length, start ?? undefined);
    found.push(...page.items.filter((lead) => stage === undefined || stageOf(lead) === stage));
    const next: Rating | undefined = rating === undefined ? ratings[ratings.indexOf(list) + 1] : undefined;
    position = page.cursor ? [list, page.cursor] : next ? [next, null] : null;
  }
  const views = found.map((lead) => leadView(lead, now()));
  return {
    leads: views.sort((a, b) => ratings.indexOf(a.rating) - ratings.indexOf(b.rating) || b.score.total - a.score.total),
    cursor: position && Buffer.from(JSON.stringify(position)).toString('base64url'),
  };
}

function parseCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new RequestError(422, 'invalid-cursor', 'this cursor is not one of ours: start again without it', 'cursor');
  }
}

/** @throws RequestError 404 unknown, 410 erased. */
export async function readLead(leadId: string, { leads, now }: ReadLeadsDeps): Promise<LeadView> {
  const lead = await leads.known(leadId);
  if (lead === 'erased')
    throw new RequestError(410, 'erased-lead', 'this person asked to be forgotten: nothing is kept of them');
  if (!lead) throw new RequestError(404, 'unknown-lead', 'there is no lead with this id');
  return leadView(lead, now());
}

/** The timeline, oldest first, nothing overwritten (A7). */
export async function readActivities(
  leadId: string,
  deps: ReadLeadsDeps,
): Promise<{ activities: readonly Activity[] }> {
  // Another address of the lead has an id too, and the ledger is under the lead's own.
  const lead = await readLead(leadId, deps);
  return { activities: await deps.leads.history(lead.leadId) };
}

const Query = z.object({
  rating: Rating.optional(),
  stage: LifecycleStage.optional(),
  email: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().optional(),
});

/** The filter of a query string. @throws RequestError 422 naming the parameter and what it may be. */
export function leadFilter(query: URLSearchParams): LeadFilter {
  const parsed = Query.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RequestError(
    422,
    'invalid-filter',
    issue?.message ?? 'this filter is not understood',
    issue?.path.join('.'),
  );
}
