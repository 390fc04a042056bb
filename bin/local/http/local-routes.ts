import { Temporal } from '@js-temporal/polyfill';
import * as z from 'zod';
import type { LocalRoute } from '../inbox/inbox-routes.ts';
import type { Queues } from '../queues/queues.ts';
import { reasonOf } from '../template/template-error.ts';
import type { Clock } from '../time/clock.ts';
import type { Settled } from '../time/settle.ts';
import { type Travel, TravelError } from '../time/travel.ts';
import { type BenchDeps, benchAnswer } from './bench-routes.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';
import { isOwnHost, isOwnOrigin } from './http-guard.ts';
import type { RequestHandler } from './listener.ts';
import { failure, json, parseJson } from './local-answer.ts';

export interface LocalRoutesDeps extends BenchDeps {
  readonly port: number;
  readonly queues: Queues;
  readonly consumed: ReadonlySet<string>;
  readonly inbox: LocalRoute;
  readonly clock: Clock;
  settle(): Promise<Settled>;
  /** Settles, and then rewrites what is stored without what was deleted. */
  compact(): Promise<Settled>;
  travel(targetMs: number): Promise<Travel>;
}

const ClockRequest = z.union(
  [z.strictObject({ advance: z.string() }), z.strictObject({ set: z.iso.datetime({ offset: true }) })],
  'send {"advance": "P3D"} or {"set": "2026-01-31T09:00:00.000Z"}',
);

/** Every schedule on the way fires, which takes a few seconds a month: beyond this nobody waits for the answer. */
const LONGEST_JOURNEY_MS = 2 * 366 * 86_400_000;

/** How many dead letters of a queue are shown. */
const SHOWN = 20;

/** The routes of this machine that no cloud has: `/_local/…`. Private, since they steer the whole pipeline. */
export function localRoutes(deps: LocalRoutesDeps): RequestHandler {
  return async (request) => {
    const { method, target, headers } = request;
    if (!isOwnHost(headers.host, deps.port)) return failure(421, 'misdirected', `call 127.0.0.1:${deps.port}`);
    if (!isOwnOrigin(method, headers, deps.port))
      return failure(403, 'foreign-origin', 'a page of another origin may not do this');
    const { pathname: path, searchParams: query } = new URL(target, 'http://127.0.0.1');
    const answered = await deps.inbox({
      method,
      path,
      query,
      headers: single(request),
      body: request.body.toString('utf8'),
    });
    const benched = answered ?? (await benchAnswer(request, deps));
    if (benched) return benched;
    switch (`${method} ${path}`) {
      case 'GET /_local/clock':
        return json(200, clockView(deps));
      case 'POST /_local/clock':
        return moveClock(request, deps);
      case 'POST /_local/settle':
        return rested(await deps.settle());
      case 'POST /_local/compact':
        return rested(await deps.compact());
      case 'GET /_local/queues':
        return json(200, { queues: deps.queues.names().map((name) => queue(name, deps)) });
      default:
        return (
          redrive(method, path, deps) ??
          failure(404, 'not-found', `there is no ${method} ${path}; see docs for the local routes`)
        );
    }
  };
}

async function moveClock({ body }: HttpRequest, deps: LocalRoutesDeps): Promise<HttpAnswer> {
  const parsed = ClockRequest.safeParse(parseJson(body));
  if (!parsed.success) return failure(422, 'invalid-clock', z.prettifyError(parsed.error));
  try {
    const target = 'set' in parsed.data ? Date.parse(parsed.data.set) : after(deps.clock.now(), parsed.data.advance);
    if (target > deps.clock.now() + LONGEST_JOURNEY_MS)
      return failure(422, 'too-far', 'move the clock at most two years at once: every day on the way is lived');
    const { stops } = await deps.travel(target);
    return json(200, { ...clockView(deps), stops });
  } catch (error) {
    if (error instanceof TravelError) return failure(504, 'not-settled', error.message);
    if (error instanceof RangeError) return failure(422, 'invalid-clock', error.message);
    throw error;
  }
}

/** ISO 8601 duration after an instant, by the calendar in UTC. Throws a RangeError when it is not one. */
export function after(nowMs: number, duration: string): number {
  const now = Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs)).toZonedDateTimeISO('UTC');
  return now.add(Temporal.Duration.from(duration)).epochMilliseconds;
}

function rested({ settled, reason, queued, inFlight, deadLetters }: Settled): HttpAnswer {
  if (settled) return json(200, { queued, inFlight, deadLetters });
  const message = `the pipeline did not come to rest in time: ${reason}`;
  return json(504, { error: { code: 'not-settled', message }, queued, inFlight, deadLetters });
}

function queue(name: string, { queues, consumed }: LocalRoutesDeps): object {
  const { oldestSentAt, nextVisibleAt: _, ...depth } = queues.depth(name);
  const counts = {
    name,
    ...depth,
    oldestAgeSeconds: oldestSentAt === null ? null : Math.round((Date.now() - oldestSentAt) / 1000),
  };
  if (consumed.has(name)) return counts;
  const deadLetters = queues.list(name, SHOWN).map(({ messageId, cause, receiveCount, sentAt, body }) => ({
    messageId,
    cause,
    receiveCount,
    sentAt: new Date(sentAt).toISOString(),
    body,
  }));
  return { ...counts, deadLetters };
}

function redrive(method: string, path: string, { queues }: LocalRoutesDeps): HttpAnswer | undefined {
  const name = /^\/_local\/queues\/([^/]+)\/redrive$/.exec(path)?.[1];
  if (name === undefined || method !== 'POST') return undefined;
  if (!queues.names().includes(name)) return failure(404, 'unknown-queue', `there is no queue ${name}`);
  try {
    return json(200, { redriven: queues.redrive(name) });
  } catch (error) {
    return failure(409, 'not-redrivable', reasonOf(error));
  }
}

function clockView({ clock }: LocalRoutesDeps): object {
  return { now: new Date(clock.now()).toISOString(), shiftMs: clock.shiftMs };
}

function single({ headers }: HttpRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
