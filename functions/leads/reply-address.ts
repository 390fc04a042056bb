import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { base32, fromBase32 } from './base32.ts';
import { type LinkKeys, shortMacBytes } from './link-token.ts';

/** The message that somebody may answer. */
interface Answered {
  readonly leadId: string;
  readonly sequence: string;
  readonly run: string;
  readonly step: number;
}

/** Whom a reply address was made for, and a short mark by which `isReplyTo` knows which of their messages it was on. */
export interface ReplyAddress {
  readonly leadId: string;
  readonly mark: Buffer;
}

// What is before the @ is at most 64 characters (RFC 5321 § 4.5.3.1.1), and nobody may trust in its capitals: 40 bytes of base32,
// to the bit. A lead id is 20 of them and the signature 16, so the message itself stands there as a mark of four: among the few
// hundred messages of one lead it is one of a kind.
const leadBytes = 20;
const markBytes = 4;
const localLength = ((leadBytes + markBytes + shortMacBytes) * 8) / 5;

/**
 * Where an answer to this message goes: `<lead, mark, signature>@<domain>`, 64 characters before the @ that nobody else can make.
 * Works as long as the key that signed it is known. Throws on a lead id that `leadIdOf` has not made.
 */
export function replyAddress(message: Answered, keys: LinkKeys, domain: string): string {
  const lead = fromBase32(message.leadId);
  if (lead?.length !== leadBytes || base32(lead) !== message.leadId)
    throw new Error(`${message.leadId} is no lead id: a reply address is made for leads only`);
  const payload = Buffer.concat([lead, markOf(message)]);
  return `${base32(Buffer.concat([payload, mac(payload, keys[keys.current] ?? '')]))}@${domain}`;
}

/** Whom an address was made for, in whatever case it comes back; null for every other address, and for every reason alike. */
export function readReplyAddress(address: string, keys: LinkKeys): ReplyAddress | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  const bytes = local.length === localLength ? fromBase32(local) : null;
  if (!bytes) return null;
  const payload = bytes.subarray(0, leadBytes + markBytes);
  const given = bytes.subarray(leadBytes + markBytes);
  // Any of the keys: no room is left to name one.
  const isOurs = Object.entries(keys).some(
    ([kid, key]) => kid !== 'current' && timingSafeEqual(given, mac(payload, key)),
  );
  return isOurs ? { leadId: base32(payload.subarray(0, leadBytes)), mark: payload.subarray(leadBytes) } : null;
}

/** Is it this message of the lead that the address was on? */
export function isReplyTo({ leadId, mark }: ReplyAddress, message: Answered): boolean {
  return leadId === message.leadId && mark.equals(markOf(message));
}

function markOf({ sequence, run, step }: Answered): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([sequence, run, step]))
    .digest()
    .subarray(0, markBytes);
}

function mac(payload: Uint8Array, key: string): Buffer {
  return createHmac('sha256', key).update('reply.').update(payload).digest().subarray(0, shortMacBytes);
}
