import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { log } from '../runtime/log.ts';
import type { AudienceStore, Candidate } from './audience.store.ts';
import { variantsOf, whyNot } from './audience.ts';
import { audienceFiles, Platform } from './audience-file.ts';
import type { Audience } from './follow-up-plan.ts';

/** A row takes up to 400 bytes, and an answer six megabytes. */
export const rowsPerFile = 10_000;

const Query = z.object({
  platform: Platform,
  variant: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(rowsPerFile).default(rowsPerFile),
  cursor: z.string().max(2048).optional(),
});

/**
 * The members of an audience as a platform wants them, hashed. The list only says whom to look at: whether somebody may be shown
 * advertisements is read at this moment, consistently. Where more follow, `x-next-cursor` is where they begin.
 */
export async function exportAudience(
  audience: Audience,
  { query }: Pick<HttpRequest, 'query'>,
  { audiences }: { readonly audiences: Pick<AudienceStore, 'page'> },
): Promise<HttpAnswer> {
  const { platform, variant, ...place } = asked(query, audience);
  const { items, cursor } = await audiences.page(audience.id, { variant, ...place });
  const { columns, row } = audienceFiles[platform];
  const rows = items.flatMap((candidate) => {
    const lead = shownTo(candidate);
    return lead ? [variant === undefined ? [...row(lead), candidate.member.variant] : row(lead)] : [];
  });
  log('audience-exported', {
    audience: audience.id,
    platform,
    variant,
    rows: rows.length,
    left: items.length - rows.length,
  });
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${[audience.id, platform, ...(variant ? [variant] : [])].join('-')}.csv"`,
      'cache-control': 'no-store',
      ...(cursor !== null && { 'x-next-cursor': cursor }),
    },
    // A file of one variant has the platform's own columns and no other: some refuse what they do not know.
    body: stringify([variant === undefined ? [...columns, 'variant'] : columns, ...rows], { escape_formulas: true }),
  };
}

/** The lead, if they may be shown advertisements now. Fails closed: somebody of whom anything says no is left out. */
function shownTo({ lead, isSuppressed }: Candidate): Candidate['lead'] {
  return lead && !isSuppressed && whyNot(lead) === null ? lead : null;
}

function asked(query: URLSearchParams, audience: Audience): z.infer<typeof Query> {
  const parsed = Query.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RequestError(400, 'bad-query', issue?.message ?? 'this query is not understood', issue?.path.join('.'));
  }
  const names = variantsOf(audience).map(({ name }) => name);
  const { variant } = parsed.data;
  if (variant !== undefined && !names.includes(variant))
    throw new RequestError(404, 'unknown-variant', `This audience has ${names.join(' and ')}.`, 'variant');
  return parsed.data;
}
