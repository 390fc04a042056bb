import { RequestError } from '../runtime/http.ts';
import type { ExportStore } from './export-lead.store.ts';

/** Something kept about a person, readable, named by where it is kept. */
export interface ExportedItem {
  readonly id: string;
  readonly [name: string]: unknown;
}

export interface LeadExport {
  readonly leadId: string;
  /** ISO. */
  readonly exportedAt: string;
  readonly items: readonly ExportedItem[];
  /** Where the rest begins, for `?cursor=`; `null`: this was all. */
  readonly cursor: string | null;
}

export interface ExportDeps {
  readonly exports: ExportStore;
  readonly pepper: () => Promise<string>;
  readonly now: () => number;
}

/**
 * Everything kept about a person, by whichever of their ids (I-E3): who they are, all they did and said, what they were sent, and what
 * is still to be done about them. One answer has room for all of nearly everybody; where it has not, the next begins at `cursor`.
 *
 * @throws RequestError 404 unknown, 410 erased, 422 a cursor that no export gave.
 */
export async function exportLead(id: string, cursor: string | undefined, deps: ExportDeps): Promise<LeadExport> {
  const person = await deps.exports.person(id, await deps.pepper());
  if (person === 'erased')
    throw new RequestError(410, 'erased-lead', 'This person asked to be forgotten: nothing is kept of them.');
  if (!person) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  const page = await deps.exports.page(person, cursor);
  return { leadId: person.leadId, exportedAt: new Date(deps.now()).toISOString(), ...page };
}
