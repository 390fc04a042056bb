import { callKinds, type OutgoingCall, readCall } from './call-kind.ts';
import { callPage } from './call-page.ts';
import { callsPage } from './calls-page.ts';
import { type LocalResponse, notAllowed, page } from './inbox-answer.ts';
import { missingPage } from './inbox-page.ts';
import type { LocalRoute } from './inbox-routes.ts';

/** Calls that doors made to systems outside, newest first. */
export interface Calls {
  list(query: { readonly limit: number }): readonly OutgoingCall[];
  get(id: string): OutgoingCall | null;
}

/** So many of the latest calls are looked through for those of one channel. */
const latest = 500;
const shownAtOnce = 100;

/** The pages of what was told by Slack, Teams and webhooks: `/_local/inbox/calls`. */
export function callRoutes(calls: Calls): LocalRoute {
  return async ({ path, method, query }) => {
    const [, root, inbox, first, id, ...rest] = path.split('/');
    if (root !== '_local' || inbox !== 'inbox' || first !== 'calls' || rest.length > 0) return null;
    if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET');
    return id === undefined ? list(query, calls) : one(decodeURIComponent(id), calls);
  };
}

function list(query: URLSearchParams, calls: Calls): LocalResponse {
  const kind = callKinds.find((each) => each === query.get('channel')) ?? 'slack';
  const rows = calls
    .list({ limit: latest })
    .map((call) => ({ call, read: readCall(call) }))
    .filter(({ read }) => read.kind === kind);
  return page(200, callsPage(kind, rows.slice(0, shownAtOnce)));
}

function one(id: string, calls: Calls): LocalResponse {
  const call = calls.get(id);
  return call ? page(200, callPage(call, readCall(call))) : page(404, missingPage());
}
