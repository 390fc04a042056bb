import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Where a channel or another system is called. `secret`: signs what goes there, `whsec_` and base64 (Standard Webhooks). */
const Endpoint = z.object({
  url: z.string(),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'write whsec_ and at least 24 bytes as base64')
    .optional(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** `unknown-endpoint`: the secret does not name it. `unreadable-endpoint`: what it says of it is not what it is to say. */
export type FoundEndpoint =
  | { readonly outcome: 'found'; readonly endpoint: Endpoint }
  | { readonly outcome: 'missing'; readonly reason: 'unknown-endpoint' | 'unreadable-endpoint' };

export interface EndpointsDeps {
  /** The secret with the addresses: `{"<endpoint>":{"url":"https://…","secret":"whsec_…"}}`. An address is a key: who has it may post. */
  readonly read: () => Promise<string>;
  /** On a laptop, where every call is kept instead of made, each name has an address that nobody has. */
  readonly makeUp: boolean;
}

/**
 * Finds an endpoint of the playbook by its name. A mistake in the secret is an answer: whoever was to hear there is told in another way
 * and at once. A secret that cannot be read throws, since it may be read in a moment.
 */
export function endpoints({ read, makeUp }: EndpointsDeps): (name: string) => Promise<FoundEndpoint> {
  return async (name) => {
    const known = namesIn(await read());
    if (!known) return { outcome: 'missing', reason: 'unreadable-endpoint' };
    if (!Object.hasOwn(known, name))
      return makeUp ? { outcome: 'found', endpoint: madeUp(name) } : { outcome: 'missing', reason: 'unknown-endpoint' };
    const endpoint = Endpoint.safeParse(known[name]);
    return endpoint.success
      ? { outcome: 'found', endpoint: endpoint.data }
      : { outcome: 'missing', reason: 'unreadable-endpoint' };
  };
}

/** Each entry is read by itself: a mistake in one address silences one channel. */
function namesIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function madeUp(name: string): Endpoint {
  const secret = `whsec_${createHash('sha256').update(name).digest('base64')}`;
  return { url: `https://${name}.example/`, secret };
}
