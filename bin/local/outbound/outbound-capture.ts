import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer } from '../http/http-answer.ts';
import type { HttpRequest } from '../http/http-event.ts';
import type { OutboundCalls } from './outbound-calls.ts';

/** Where functions call instead of the internet. */
export const capturePath = '/_outbound';
/** The address they meant. A web page cannot send it without asking first. */
const meant = 'x-ripen-outbound-url';
/** Longer than anybody waits for an answer. */
const silenceMs = 11_000;

interface CaptureDeps {
  readonly calls: OutboundCalls;
  /** The pipeline's clock, epoch milliseconds. */
  readonly now: () => number;
}

/** Keeps a call and answers it by the weather; `null` for what is no call. */
export async function captureCall(
  { method, target, headers, body }: HttpRequest,
  { calls, now }: CaptureDeps,
): Promise<HttpAnswer | 'lost' | null> {
  if (target !== capturePath) return null;
  const url = headers[meant];
  if (method !== 'POST' || typeof url !== 'string' || !URL.canParse(url))
    return { status: 400, headers: {}, body: `POST with ${meant}` };
  const { host } = new URL(url);
  const weather = calls.weather();
  const answered = (weather.find((one) => one.host === host) ?? weather.find((one) => one.host === '*'))?.status ?? 200;
  const { [meant]: _, host: __, connection: ___, ...own } = headers;
  calls.keep({ id: randomUUID(), at: now(), url, host, headers: single(own), body: body.toString('utf8'), answered });
  if (answered === 'reset') return 'lost';
  if (answered === 'timeout') {
    await pause(silenceMs);
    return 'lost';
  }
  return { status: answered, headers: {}, body: 'kept' };
}

function single(headers: HttpRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
