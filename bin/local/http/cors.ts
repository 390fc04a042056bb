import type { IncomingHttpHeaders } from 'node:http';
import type { CorsSpec } from '../template/blueprint-api.ts';
import type { HttpAnswer } from './http-answer.ts';

/** The answer to a preflight, which a configured HTTP API gives without asking a function; undefined when it is none. */
export function preflight(
  cors: CorsSpec | undefined,
  method: string,
  headers: IncomingHttpHeaders,
): HttpAnswer | undefined {
  const asksFor = headers['access-control-request-method'];
  if (!cors || method !== 'OPTIONS' || headers.origin === undefined || asksFor === undefined) return undefined;
  const origin = allowedOrigin(cors, headers.origin);
  if (!origin) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...origin,
      ...(cors.allowMethods.length > 0 ? { 'access-control-allow-methods': cors.allowMethods.join(',') } : {}),
      ...(cors.allowHeaders.length > 0 ? { 'access-control-allow-headers': cors.allowHeaders.join(',') } : {}),
      ...(cors.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(cors.maxAgeSeconds) }),
    },
    body: '',
  };
}

/** Adds the headers a configured HTTP API adds; what the function says about CORS is then ignored. */
export function withCors(cors: CorsSpec | undefined, origin: string | undefined, answer: HttpAnswer): HttpAnswer {
  if (!cors) return answer;
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  const exposed: Record<string, string> =
    cors.exposeHeaders.length > 0 ? { 'access-control-expose-headers': cors.exposeHeaders.join(',') } : {};
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  return { ...answer, headers: { ...Object.fromEntries(own), ...(allowed ? { ...allowed, ...exposed } : {}) } };
}

function allowedOrigin(cors: CorsSpec, origin: string): Record<string, string> | undefined {
  const any = cors.allowOrigins.includes('*');
  const allowed = any || cors.allowOrigins.some((pattern) => matches(pattern, origin));
  if (!allowed) return undefined;
  return {
    'access-control-allow-origin': any && !cors.allowCredentials ? '*' : origin,
    vary: 'origin',
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/** `https://*` stands for every https origin. */
function matches(pattern: string, origin: string): boolean {
  return pattern.endsWith('*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin;
}
