import { lookup as lookUp } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import { localEnv } from './environment.ts';
import { type Refusal, targetOf } from './outbound-target.ts';
import { isPublicAddress } from './public-address.ts';

/** A POST to somebody else's system. */
export interface OutboundRequest {
  readonly url: string;
  /** Ours, never somebody's text. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it: from the name's resolution to the last byte of the answer. */
  readonly timeoutMs: number;
}

/**
 * `answered`: with any status but a redirect. `refused`: we do not call such an address. `failed`: no answer; `mayHaveArrived` says
 * whether they may have heard us all the same, so that only who does the same thing once for one id may be told again.
 */
export type OutboundAnswer =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      /** `Retry-After`, as it came. */
      readonly retryAfter?: string;
      /** The beginning, at most 4 KB. */
      readonly body: string;
    }
  | { readonly outcome: 'refused'; readonly reason: Refusal }
  | {
      readonly outcome: 'failed';
      readonly reason: 'unresolvable' | 'timeout' | 'connection' | 'reset' | 'redirect';
      readonly mayHaveArrived: boolean;
    };

export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>;

interface Address {
  readonly address: string;
  readonly family: number;
}

export interface OutboundDeps {
  readonly resolve: (host: string) => Promise<readonly Address[]>;
  readonly request: (url: URL, options: RequestOptions) => ClientRequest;
  /** On a laptop: where every call is kept instead of made. The template never sets it. */
  readonly captureUrl: string | undefined;
}

const largestAnswerBytes = 4096;

/**
 * Calls other systems, and never our own (SSRF): https only, to public addresses only, whatever the name says. The connection goes to
 * the very address that was checked, so that a name cannot mean one thing when it is looked at and another when it is called; and
 * nobody is followed to where they point.
 */
export function outbound(given: Partial<OutboundDeps> = {}): Outbound {
  const deps = { resolve, request: httpsRequest, captureUrl: localEnv('RIPEN_OUTBOUND_URL'), ...given };
  return async (order) => {
    const target = targetOf(order.url);
    if ('refused' in target) return { outcome: 'refused', reason: target.refused };
    const signal = AbortSignal.timeout(order.timeoutMs);
    const options = { method: 'POST', headers: order.headers, agent: false, signal } as const;
    if (deps.captureUrl) {
      const headers = { ...order.headers, 'x-ripen-outbound-url': target.url.href };
      return exchange(httpRequest(deps.captureUrl, { ...options, headers }), order.body);
    }
    if (target.literal) return exchange(deps.request(target.url, options), order.body);
    const addresses = await withIn(signal, deps.resolve(target.host));
    if (!addresses?.length) return { outcome: 'failed', reason: 'unresolvable', mayHaveArrived: false };
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      return { outcome: 'refused', reason: 'private-address' };
    return exchange(deps.request(target.url, { ...options, lookup: pinnedTo(addresses) }), order.body);
  };
}

function resolve(host: string): Promise<readonly Address[]> {
  return lookUp(host, { all: true });
}

/** Nothing when it fails, or when the time is up. */
async function withIn<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((done) => signal.addEventListener('abort', () => done(null), { once: true }));
  return Promise.race([work.catch(() => null), late]);
}

/** What node asks before it connects: answered with what was checked. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else answer(null, first?.address ?? '', first?.family);
  };
}

function exchange(request: ClientRequest, body: string): Promise<OutboundAnswer> {
  return new Promise((done) => {
    let mayHaveArrived = false;
    // Until there is a connection, and over TLS one to who they say they are, not a byte of ours is sent.
    request.once('socket', (socket) => {
      const ready = 'encrypted' in socket ? 'secureConnect' : 'connect';
      socket.once(ready, () => {
        mayHaveArrived = true;
      });
    });
    // Once they have answered, what becomes of the line is no matter: the answer stands.
    let isAnswered = false;
    const fail = (reason: 'timeout' | 'reset' | 'connection') => {
      if (!isAnswered) done({ outcome: 'failed', reason, mayHaveArrived });
    };
    request.on('error', (error) => fail(failureOf(error)));
    // A line that ends without an answer and without an error, as after an offer to speak another protocol.
    request.once('close', () => fail('reset'));
    request.once('response', (response) => {
      isAnswered = true;
      void answerOf(response).then(done);
    });
    request.end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<OutboundAnswer> {
  const { statusCode: status = 0, headers } = response;
  const retryAfter = headers['retry-after'];
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop hangs up.
    for await (const chunk of response) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= largestAnswerBytes) break;
    }
  } catch {
    // They said what became of it before the line broke: the status is the answer.
  }
  if (status >= 300 && status < 400) return { outcome: 'failed', reason: 'redirect', mayHaveArrived: true };
  const body = Buffer.concat(chunks).subarray(0, largestAnswerBytes).toString('utf8');
  return { outcome: 'answered', status, ...(retryAfter !== undefined && { retryAfter }), body };
}

function failureOf(error: Error): 'timeout' | 'reset' | 'connection' {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE') ? 'reset' : 'connection';
}
