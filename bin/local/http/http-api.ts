import { randomUUID } from 'node:crypto';
import { FunctionError } from '../functions/environment.ts';
import type { ApiSpec } from '../template/blueprint-api.ts';
import type { Clock } from '../time/clock.ts';
import { preflight, withCors } from './cors.ts';
import { type HttpAnswer, httpAnswer, plainAnswer } from './http-answer.ts';
import { type HttpRequest, httpEvent } from './http-event.ts';
import { isOwnHost, isOwnOrigin } from './http-guard.ts';
import type { RequestHandler } from './listener.ts';
import { type RouteMatch, routerOf } from './routes.ts';

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

/** Matched and passed on decoded, as API Gateway does; undefined when it is not valid percent-encoding. */
function decodedPath(target: string): string | undefined {
  try {
    return decodeURIComponent(target.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}
