import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { StartError } from '../start-error.ts';
import { reasonOf } from '../template/template-error.ts';
import { type HttpAnswer, plainAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';

/** Answers a request; what it throws becomes a 500. `lost`: the connection is reset, as when the answer got lost on its way. */
export type RequestHandler = (request: HttpRequest) => Promise<HttpAnswer | 'lost'>;

/** An address of this machine, taken before there is anything to answer with: until `serve` it answers 503. */
export interface Listener {
  readonly port: number;
  serve(handler: RequestHandler): void;
  /** Takes no more; resolves when the answers under way are out, or after `limitMs`. */
  close(limitMs?: number): Promise<void>;
}

/** API Gateway's own limit. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Listens on 127.0.0.1 only; port 0 takes any free one. Rejects with a StartError when the port cannot be had. */
export async function listen(port: number, onError: (error: unknown) => void): Promise<Listener> {
  let handler: RequestHandler = async () => plainAnswer(503, 'Ripen is starting');
  const server = createServer((incoming, outgoing) => {
    answer(incoming, handler)
      .catch((error: unknown) => {
        onError(error);
        return plainAnswer(500, 'Internal Server Error');
      })
      .then((given) => {
        if (given === 'lost') return outgoing.socket?.resetAndDestroy();
        // Once closing, a connection kept alive would only hold it up.
        outgoing.shouldKeepAlive = server.listening;
        return send(outgoing, incoming.method, given);
      })
      .catch((error: unknown) => {
        onError(error); // Headers that cannot be sent.
        outgoing.destroy();
      });
  });
  server.keepAliveTimeout = 30_000;
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = /EADDRINUSE/.test(reasonOf(error)) ? 'is taken' : `cannot be had (${reasonOf(error)})`;
    throw new StartError(`port ${port} ${reason}: choose another --port`);
  }
  return {
    port: z.object({ port: z.number() }).parse(server.address()).port,
    serve(given) {
      handler = given;
    },
    async close(limitMs = 500) {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function answer(incoming: IncomingMessage, handle: RequestHandler): Promise<HttpAnswer | 'lost'> {
  const body = await readBody(incoming);
  if (!body) return plainAnswer(413, 'Request Entity Too Large');
  const { method = 'GET', url = '/', headers, socket } = incoming;
  return handle({ method, target: url, headers, body, sourceIp: socket.remoteAddress ?? '127.0.0.1' });
}

/** Undefined for a body that is too large: it is read to its end, or the sender would never see the answer, but not kept. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    length += bytes.length;
    if (length > LARGEST_BODY_BYTES) chunks = [];
    else chunks.push(bytes);
  }
  return length > LARGEST_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function send(outgoing: ServerResponse, method: string | undefined, { status, headers, body }: HttpAnswer): void {
  outgoing.writeHead(status, {
    ...headers,
    ...(mayHaveBody(status) ? { 'content-length': Buffer.byteLength(body) } : {}),
  });
  outgoing.end(method === 'HEAD' || !mayHaveBody(status) ? undefined : body);
}

function mayHaveBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}
