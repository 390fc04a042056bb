import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Where a channel or another system is called. `secret`: signs what goes there, `whsec_` and base64 (Standard Webhooks). */
export const Endpoint = z.object({
  url: z.string(),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'write whsec_ and at least 24 bytes as base64')
    .optional(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** The secret with the addresses: `{"<endpoint>":{"url":"https://…","secret":"whsec_…"}}`. An address is a key: who has it may post. */
export const Endpoints = z.record(z.string(), Endpoint);
export type Endpoints = z.infer<typeof Endpoints>;

/** Finds an endpoint of the playbook by its name; `null` for one the secret does not know. Throws when the secret is not what it is to be. */
export function endpoints(read: () => Promise<string>): (name: string) => Promise<Endpoint | null> {
  return async (name) => {
    const known = Endpoints.parse(JSON.parse(await read()));
    const found = Object.hasOwn(known, name) ? known[name] : undefined;
    return found ?? (process.env.RIPEN_OUTBOUND_URL ? madeUp(name) : null);
  };
}

/** On a laptop, where every call is kept instead of made: an address that nobody has. */
function madeUp(name: string): Endpoint {
  const secret = `whsec_${createHash('sha256').update(name).digest('base64')}`;
  return { url: `https://${name}.example/`, secret };
}
