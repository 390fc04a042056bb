import { createHmac } from 'node:crypto';

/**
 * The headers that prove a call is ours and fresh, by Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and
 * the body's bytes, with the key behind `whsec_`. `atMs`: the time of this attempt; the id stays the same over all of them.
 */
export function signedHeaders(
  id: string,
  atMs: number,
  body: string,
  secret: string,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
