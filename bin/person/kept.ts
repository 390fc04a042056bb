import * as z from 'zod';
import { PersonError, type Site } from './site.ts';

const Found = z.object({ leads: z.array(z.object({ leadId: z.string() })) });
const Part = z.looseObject({
  leadId: z.string(),
  items: z.array(z.looseObject({ id: z.string() })),
  cursor: z.string().nullable(),
});
const Erased = z.object({ leadId: z.string(), erasedAt: z.string(), complete: z.boolean() });

/** The id of a person, named by it or by any address they have had. @throws PersonError when nobody is known by it. */
export async function leadIdOf(who: string, site: Site): Promise<string> {
  if (!who.includes('@')) return who;
  const { leads } = Found.parse(await site.ask('GET', `/api/leads?email=${encodeURIComponent(who)}`));
  if (!leads[0]) throw new PersonError('nobody is known by this address: never, or not any more');
  return leads[0].leadId;
}

/** Everything kept about a person, however many answers it takes. */
export async function keptOf(leadId: string, site: Site): Promise<z.output<typeof Part>> {
  const path = `/api/leads/${encodeURIComponent(leadId)}/export`;
  const first = Part.parse(await site.ask('GET', path));
  const items = [...first.items];
  let { cursor } = first;
  while (cursor !== null) {
    const next = Part.parse(await site.ask('GET', `${path}?cursor=${encodeURIComponent(cursor)}`));
    items.push(...next.items);
    cursor = next.cursor;
  }
  return { ...first, items, cursor };
}

export async function erase(leadId: string, site: Site): Promise<z.output<typeof Erased>> {
  return Erased.parse(await site.ask('DELETE', `/api/leads/${encodeURIComponent(leadId)}`));
}
