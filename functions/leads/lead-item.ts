import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { Lead } from './lead.ts';
import { key, ratingKeys } from './table.ts';

// A stream hands bytes to a function as base64 text.
const Bytes = z.union([z.instanceof(Uint8Array), z.base64().transform((text) => Buffer.from(text, 'base64'))]);
const Item = z.looseObject({ pk: z.string(), packed: Bytes });

/**
 * What nearly every lead says, so that only what is its own takes room. Part of the format: items that are stored were packed with it,
 * so it can be replaced (under another attribute name), and never changed.
 */
const dictionary = Buffer.from(
  '"phone":"+55","company":"","role":"","country":"BR","industry":"},"attributesFrom":{"name":{"activityId":"' +
    '"origin":{"channel":"paid","campaign":"unknown","source":"google","medium":"cpc","landingPage":"https://' +
    '"milestones":{"lead":"iql":"trial":"mql":"sql":"customer":{"activityId":"","occurredAt":"202' +
    '"fold":{"tallies":{"booked-consultation":"clicked-link":"opened-email":"replied":"started-trial":"subscribed":' +
    '"viewed-pricing":{"group":"engagement","halfLifeDays":60,"limit":30,"sum":""},"silences":{"ignored-emails":' +
    '{"points":-10,"limit":20,"stirredAt":null,"stirredBefore":null,"deliveries":[],"windows":[{"from":"","until":"' +
    '"firsts":{"appointment":"asked-by-form":"information-form":"pricing-page":"solution-form":"trial":' +
    '"lasts":{"limits":{}},"score":{"total":0,"fit":0,"engagement":0,"asOf":"2026-"},"disqualified":null,"dueAt":null,' +
    '"language":"en","language":"pt-BR","armed":true,"qualification":null,"qualification":{"cycle":1,"reason":"threshold",' +
    '"activityId":"","score":50,"qualifiedAt":"2026-","open":true},"createdAt":"2026-","lastActivityAt":"2026-"}' +
    '{"emailAsTyped":"@gmail.com","attributes":{"name":"',
);

/**
 * The lead as one item, with its place in the list of its rating. What only Ripen's own code reads is packed: an activity writes the
 * lead again each time, and DynamoDB charges by the kilobyte (a known lead of 4 KB would cost eight write units, packed it costs two).
 */
export function leadItem(lead: Lead): Record<string, unknown> {
  // Written on their own by other rooms, or read by conditions and filters: these stand in the item as they are.
  const { leadId, consent, suppressed, rating, modelVersion, owner, ver, ...rest } = lead;
  return {
    ...key.lead(leadId),
    ...ratingKeys(rating, lead.score.total, leadId),
    ...{ kind: 'lead', consent, suppressed, rating, modelVersion, owner, ver },
    packed: deflateRawSync(JSON.stringify(rest), { level: 6, dictionary }),
  };
}

/** @throws when the item is not a lead. */
export function leadOf(item: unknown): Lead {
  const { pk, packed, ...own } = Item.parse(item);
  return Lead.parse({ leadId: pk.slice(key.lead('').pk.length), ...unpacked(packed), ...own });
}

/** What is packed in a lead's item. */
export function unpacked(packed: Uint8Array): Readonly<Record<string, unknown>> {
  return JSON.parse(inflateRawSync(packed, { dictionary }).toString());
}
