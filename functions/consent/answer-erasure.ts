import * as z from 'zod';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import { type EraseDeps, type Erasure, eraseLead } from './erase-lead.ts';

/** The word, in the languages of the pages: nobody is erased by a slip of the finger. */
const Confirmed = z.object({
  confirm: z
    .string({ error: 'Write ERASE to confirm.' })
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.enum(['ERASE', 'APAGAR'], { error: 'Write ERASE to confirm.' })),
});

/**
 * `DELETE /api/leads/{leadId}` erases at once; `POST /api/leads/{leadId}/erasure`, which the lead's page sends, asks for the word.
 *
 * @throws RequestError 404 nobody is known by this id, 422 not confirmed.
 */
export async function answerErasure(request: HttpRequest, deps: EraseDeps): Promise<HttpAnswer> {
  const { leadId = '' } = request.params;
  if (request.method === 'DELETE') return json(200, await erased(leadId, deps));
  const page = `/leads/${encodeURIComponent(leadId)}`;
  const confirm = async (fields: unknown) => {
    postedAs(Confirmed, fields);
    return json(200, await erased(leadId, deps));
  };
  return answerPosted(request, page, confirm, '/leads?erased=1');
}

async function erased(leadId: string, deps: EraseDeps): Promise<Erasure> {
  const erasure = await eraseLead(leadId, deps);
  if (!erasure) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  return erasure;
}
