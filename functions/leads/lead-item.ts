import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { Lead } from './lead.ts';
import { key, ratingKeys } from './table.ts';

/** Written on their own by other rooms, or read by conditions and filters: these stand in the item as they are. */
const plain = {
  leadId: true,
  email: true,
  consent: true,
  suppressed: true,
  rating: true,
  modelVersion: true,
  owner: true,
  ver: true,
} as const;
const Plain = Lead.pick(plain);
const Packed = Lead.omit(plain);

// A stream hands bytes to a function as base64 text.
const Bytes = z.union([z.instanceof(Uint8Array), z.base64().transform((text) => Buffer.from(text, 'base64'))]);
const Item = Plain.extend({ packed: Bytes });

/**
 * The lead as one item, with its place in the list of its rating. What only Ripen's own code reads is packed: an activity writes the
 * lead again each time, and DynamoDB charges by the kilobyte (a known lead of 3 KB would cost six write units, packed it costs two).
 */
export function leadItem(lead: Lead): Record<string, unknown> {
  return {
    ...key.lead(lead.leadId),
    ...ratingKeys(lead.rating, lead.score.total, lead.leadId),
    kind: 'lead',
    ...Plain.parse(lead),
    packed: deflateRawSync(JSON.stringify(Packed.parse(lead)), { level: 9 }),
  };
}

/** @throws when the item is not a lead. */
export function leadOf(item: unknown): Lead {
  const { packed, ...own } = Item.parse(item);
  return Lead.parse({ ...JSON.parse(inflateRawSync(packed).toString()), ...own });
}
