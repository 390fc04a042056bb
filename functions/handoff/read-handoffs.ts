import * as z from 'zod';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { HandoffStore } from './handoff.store.ts';
import { HandoffStatus, parseHandoffId } from './handoff.ts';

const Query = z.object({
  status: HandoffStatus.optional(),
  rep: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2048).optional(),
});

/** `GET /api/handoffs` (open requests first, then by score) and `GET /api/handoffs/{id}`. */
export async function readHandoffs(
  { params, query }: Pick<HttpRequest, 'params' | 'query'>,
  deps: { readonly handoffs: Pick<HandoffStore, 'get' | 'list'> },
): Promise<HttpAnswer> {
  if (params.id !== undefined) return readHandoff(params.id, deps);
  const asked = Query.safeParse(Object.fromEntries(query));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new RequestError(400, 'bad-query', issue?.message ?? 'this query is not understood', issue?.path.join('.'));
  }
  const { items, cursor } = await deps.handoffs.list(asked.data);
  return json(200, { handoffs: items, cursor });
}

async function readHandoff(id: string, { handoffs }: { readonly handoffs: Pick<HandoffStore, 'get'> }) {
  const named = parseHandoffId(id);
  const handoff = named && (await handoffs.get(named.leadId, named.cycle));
  if (!handoff) throw new RequestError(404, 'unknown-handoff', `There is no hand-off ${id.slice(0, 80)}.`);
  return json(200, handoff);
}
