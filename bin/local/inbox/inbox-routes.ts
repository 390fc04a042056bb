import type { Inbound } from '../mail/inbound.ts';
import { replyToOf } from '../mail/reply-mail.ts';
import { type Home, readSesEvent } from '../mail/ses-events.ts';
import type { StoredEvent } from '../mail/ses-store.ts';
import { trackLinks } from '../mail/tracked-links.ts';
import { callStyle } from './call-style.ts';
import { type Inbox, type InboxMessage, simulations } from './inbox.ts';
import { answer, json, type LocalResponse, notAllowed, page, redirect, refusal } from './inbox-answer.ts';
import { inboxPage, missingPage } from './inbox-page.ts';
import { inboxStyle } from './inbox-style.ts';
import { mailPage, notices } from './mail-page.ts';
import { type ReaderDeps, reply, unsubscribe } from './reader-actions.ts';

/** A request to a local route, its body read. */
export interface LocalRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Answers a request that is its own, null for every other. */
export type LocalRoute = (request: LocalRequest) => Promise<LocalResponse | null>;

/** The answer of the first of them whose request it is. */
export function inOrder(...routes: readonly LocalRoute[]): LocalRoute {
  return async (request) => {
    for (const route of routes) {
      const answered = await route(request);
      if (answered) return answered;
    }
    return null;
  };
}

export interface InboxRoutesDeps extends ReaderDeps {
  readonly inbox: Inbox;
  readonly inbound: Inbound;
  /** Keeps events from outside and emits them; all or none. */
  put(events: readonly StoredEvent[]): void;
  readonly home: Home;
}

const pageSize = 50;

/** The pages of the local inbox, its JSON, and the door for SES events from outside. */
export function inboxRoutes(deps: InboxRoutesDeps): LocalRoute {
  return async (request) => {
    const [, root, first, messageId, action, ...rest] = request.path.split('/');
    if (root !== '_local' || rest.length > 0) return null;
    const plain = messageId === undefined;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (first === 'ses-events' && plain) return method === 'POST' ? takeEvents(request.body, deps) : notAllowed('POST');
    if (first === 'inbox.json' && plain) return method === 'GET' ? listJson(request, deps.inbox) : notAllowed('GET');
    if (first === 'inbox.css' && plain) return answer(200, 'text/css', inboxStyle + callStyle);
    if (first !== 'inbox') return null;
    if (plain) return method === 'GET' ? listHtml(request, deps.inbox) : notAllowed('GET');
    const message = deps.inbox.get(messageId);
    if (message === null) return page(404, missingPage());
    return onMessage(`${method} ${action ?? ''}`.trim(), message, request, deps);
  };
}

async function onMessage(call: string, message: InboxMessage, request: LocalRequest, deps: InboxRoutesDeps) {
  const { messageId } = message;
  switch (call) {
    case 'GET':
      return messageHtml(message, request, deps);
    case 'GET html':
      return htmlPart(message, deps.inbox.isTracked(messageId));
    case 'GET click': {
      const target = deps.inbox.click(messageId, linkNumber(request.query));
      return target === null ? page(404, missingPage()) : redirect(302, target);
    }
    case 'POST simulate': {
      const asked = new URLSearchParams(request.body).get('event');
      const simulation = simulations.find((each) => each === asked);
      if (simulation === undefined) return refusal(422, 'unknown-simulation', `use ${simulations.join(', ')}`, 'event');
      deps.inbox.simulate(messageId, simulation);
      return redirect(303, `/_local/inbox/${messageId}?notice=${simulation}`);
    }
    case 'POST reply':
      return redirect(
        303,
        `/_local/inbox/${messageId}?notice=${await reply(message, new URLSearchParams(request.body), deps)}`,
      );
    case 'POST unsubscribe':
      return redirect(303, `/_local/inbox/${messageId}?notice=${await unsubscribe(message, deps)}`);
    default:
      return page(404, missingPage());
  }
}

/** The `n` of a click; -1, which is no link, for anything that is not a plain number. */
function linkNumber(query: URLSearchParams): number {
  const n = query.get('n') ?? '';
  return /^\d{1,6}$/.test(n) ? Number(n) : -1;
}

function listHtml({ query }: LocalRequest, inbox: Inbox): LocalResponse {
  const to = wantedRecipient(query);
  const messages = inbox.list({ to, before: query.get('before') ?? undefined, limit: pageSize + 1 });
  const shown = messages.slice(0, pageSize);
  const rows = shown.map((message) => ({ message, events: inbox.events(message.messageId) }));
  const older = messages.length > pageSize ? (shown.at(-1)?.messageId ?? null) : null;
  return page(200, inboxPage({ rows, to: to ?? '', older }));
}

function listJson({ query }: LocalRequest, inbox: Inbox): LocalResponse {
  return json(200, inbox.list({ to: wantedRecipient(query) }));
}

/** Addresses have no spaces, so a space is a `+` someone did not encode. */
function wantedRecipient(query: URLSearchParams): string | undefined {
  return query.get('to')?.trim().replaceAll(' ', '+') || undefined;
}

function messageHtml(message: InboxMessage, request: LocalRequest, { inbox, inbound }: InboxRoutesDeps): LocalResponse {
  const notice = notices.find((each) => each === request.query.get('notice')) ?? null;
  // Looking at what an action did, or a browser fetching ahead, is not one more opening.
  const fetchedAhead = request.headers['sec-purpose']?.startsWith('prefetch') === true;
  if (request.method === 'GET' && notice === null && !fetchedAhead) inbox.open(message.messageId);
  return page(
    200,
    mailPage({
      message,
      events: inbox.events(message.messageId),
      isTracked: inbox.isTracked(message.messageId),
      repliesArrive: inbound.takes(replyToOf(message)),
      notice,
    }),
  );
}

/** The HTML part in a sandbox of its own: no script, no form, and no way to the pages around it. */
function htmlPart(message: InboxMessage, isTracked: boolean): LocalResponse {
  const click = (n: number) => `/_local/inbox/${message.messageId}/click?n=${n}`;
  const body = trackLinks(message.html ?? '', (_link, n) => (isTracked ? click(n) : null));
  return answer(200, 'text/html', body, {
    'content-security-policy':
      "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src http: https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  });
}

function takeEvents(body: string, { put, home, now, newId }: InboxRoutesDeps): LocalResponse {
  const raw = parseJson(body);
  if (raw === undefined) return refusal(422, 'invalid-json', 'send one SES event, or an array of them, as JSON', '');
  const at = now();
  const events: StoredEvent[] = [];
  for (const [index, each] of (Array.isArray(raw) ? raw : [raw]).entries()) {
    const read = readSesEvent(each, home, newId(), at);
    if (read.outcome === 'refused') {
      const path = [...(Array.isArray(raw) ? [String(index)] : []), read.path].filter((part) => part !== '').join('.');
      return refusal(422, 'invalid-ses-event', read.message, path);
    }
    const { messageId, eventType, event } = read;
    events.push({ messageId, eventType, event, at, destinations: ['bus'] });
  }
  put(events);
  return json(202, { count: events.length, ids: events.map(({ event }) => event.id) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
