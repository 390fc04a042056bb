import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { ApiSpec } from './blueprint-api.ts';
import type { Clock } from './clock.ts';
import { preflight, withCors } from './cors.ts';
import { StartError } from './data-folder.ts';
import { FunctionError } from './environment.ts';
import { type HttpAnswer, httpAnswer, plainAnswer } from './http-answer.ts';
import { type HttpRequest, httpEvent } from './http-event.ts';
import { isOwnHost, isOwnOrigin } from './http-guard.ts';
import { type RouteMatch, routerOf } from './routes.ts';
import { reasonOf } from './template-error.ts';

/** Answers a request; what it throws becomes a 500. */
export type RequestHandler = (request: HttpRequest) => Promise<HttpAnswer>;

/** API Gateway's own limit. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Listens on 127.0.0.1 only; port 0 takes any free one. Rejects with a StartError when the port cannot be had. */
export async function listen(
  port: number,
  handle: RequestHandler,
  onError: (error: unknown) => void,
): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle).catch((error: unknown) => {
      onError(error);
      if (!outgoing.headersSent) send(outgoing, incoming.method, plainAnswer(500, 'Internal Server Error'));
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
  return { server, port: z.object({ port: z.number() }).parse(server.address()).port };
}

/** The HTTP API of the template, as a request handler. */
export function httpApi(
  spec: ApiSpec,
  deps: {
    readonly port: number;
    readonly account: string;
    readonly clock: Clock;
    invoke(functionName: string, payload: unknown): Promise<unknown>;
  },
): RequestHandler {
  const route = routerOf(spec.routes);
  return async (request) => {
    const { method, headers } = request;
    if (!isOwnHost(headers.host, deps.port))
      return plainAnswer(421, `this address answers to 127.0.0.1:${deps.port} only`);
    const asked = preflight(spec.cors, method, headers);
    if (asked) return asked;
    const path = decodedPath(request.target);
    if (path === undefined) return plainAnswer(400, 'Bad Request');
    const match = route(method, path);
    if (!match) return withCors(spec.cors, headers.origin, plainAnswer(404, 'Not Found'));
    if (match.route.access === 'private' && !isOwnOrigin(method, headers, deps.port))
      return plainAnswer(403, 'Forbidden');
    return withCors(spec.cors, headers.origin, await run(request, path, match));
  };

  async function run(request: HttpRequest, path: string, match: RouteMatch): Promise<HttpAnswer> {
    const context = { apiId: spec.apiId, account: deps.account, requestId: randomUUID(), now: deps.clock.now() };
    const event = httpEvent(request, path, match, context);
    const { functionName, timeoutMs } = match.route;
    try {
      return await within(timeoutMs, deps.invoke(functionName, event).then(httpAnswer));
    } catch (error) {
      if (error instanceof FunctionError) return plainAnswer(500, 'Internal Server Error');
      throw error;
    }
  }
}

/** API Gateway gives up on a function that takes too long, and lets it run on. */
async function within(ms: number, answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  const late = Promise.withResolvers<HttpAnswer>();
  const timer = setTimeout(() => late.resolve(plainAnswer(503, 'Service Unavailable')), ms);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, handle: RequestHandler): Promise<void> {
  const body = await readBody(incoming);
  const { method = 'GET', url = '/', headers } = incoming;
  if (!body) {
    outgoing.setHeader('connection', 'close');
    return send(outgoing, method, plainAnswer(413, 'Request Entity Too Large'));
  }
  const sourceIp = incoming.socket.remoteAddress ?? '127.0.0.1';
  send(outgoing, method, await handle({ method, target: url, headers, body, sourceIp }));
}

/** Undefined for a body that is too large; the rest of it is not read. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    length += bytes.length;
    if (length > LARGEST_BODY_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
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

/** Matched and passed on decoded, as API Gateway does; undefined when it is not valid percent-encoding. */
function decodedPath(target: string): string | undefined {
  try {
    return decodeURIComponent(target.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}
