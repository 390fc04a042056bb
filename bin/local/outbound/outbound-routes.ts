import * as z from 'zod';
import { json, type LocalResponse, notAllowed } from '../inbox/inbox-answer.ts';
import type { LocalRoute } from '../inbox/inbox-routes.ts';
import { type OutboundCalls, OutboundWeather } from './outbound-calls.ts';

const mostCalls = 500;

/** `GET /_local/outbound`: what was told to other systems. `/_local/outbound-weather`: what they answer. */
export function outboundRoutes(calls: OutboundCalls): LocalRoute {
  return async ({ method, path, query, body }) => {
    switch (path) {
      case '/_local/outbound':
        return method === 'GET' ? list(query, calls) : notAllowed('GET');
      case '/_local/outbound-weather':
        return method === 'GET' ? json(200, { weather: calls.weather() }) : setWeather(method, body, calls);
      default:
        return null;
    }
  };
}

function list(query: URLSearchParams, calls: OutboundCalls): LocalResponse {
  const host = query.get('host');
  const kept = calls.list({ limit: mostCalls });
  return json(200, { calls: host === null ? kept : kept.filter((call) => call.host === host) });
}

function setWeather(method: string, body: string, calls: OutboundCalls): LocalResponse {
  if (method !== 'POST') return notAllowed('GET, POST');
  const weather = OutboundWeather.safeParse(jsonOf(body));
  if (!weather.success)
    return json(422, { error: { code: 'invalid-weather', message: z.prettifyError(weather.error) } });
  calls.setWeather(weather.data);
  return json(200, { weather: calls.weather() });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
