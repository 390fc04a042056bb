/** A route of the HTTP API. `public`: people and browsers without an account call it; `private`: closed by an authorizer. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** The door that answers it: `<room>/<name>`, as in `functions/<room>/<name>.lambda.ts`. */
  readonly door: string;
  readonly access: 'public' | 'private';
}

const open = (method: Route['method'], path: string, door: string): Route => ({ method, path, door, access: 'public' });
const closed = (path: string, door: string, method: Route['method'] = 'GET'): Route => ({
  method,
  path,
  door,
  access: 'private',
});

/** Every route there is. A door serves what stands here and nothing else; a new public route is a line of this list. */
export const routes: readonly Route[] = [
  open('POST', '/f/{formId}', 'capture/receive-form'),
  open('POST', '/v1/identify', 'capture/receive-tracking'),
  open('POST', '/v1/track', 'capture/receive-tracking'),
  open('POST', '/v1/page', 'capture/receive-tracking'),
  open('POST', '/v1/batch', 'capture/receive-tracking'),
  open('POST', '/i', 'capture/receive-tracking'),
  open('POST', '/t', 'capture/receive-tracking'),
  open('POST', '/p', 'capture/receive-tracking'),
  open('POST', '/b', 'capture/receive-tracking'),
  closed('/api/forms', 'capture/read-receptions'),

  closed('/api/leads', 'leads/read-leads'),
  closed('/api/leads/{leadId}', 'leads/read-leads'),
  closed('/api/leads/{leadId}/activities', 'leads/read-leads'),
  closed('/api/leads/{leadId}/explanation', 'scoring/explain-lead'),
  closed('/api/leads/{leadId}/adjustments', 'scoring/adjust-score', 'POST'),
  closed('/api/leads/{leadId}/address', 'leads/change-address', 'POST'),
  closed('/api/leads/{leadId}', 'consent/erase-lead', 'DELETE'),
  closed('/api/leads/{leadId}/erasure', 'consent/erase-lead', 'POST'),
  closed('/api/leads/{leadId}/export', 'consent/export-lead'),
  closed('/api/leads/{leadId}/enrollments', 'nurture/read-enrollments'),

  closed('/api/sending', 'nurture/read-sending'),
  closed('/api/sending', 'nurture/control-sending', 'POST'),
  closed('/api/emails/{template}/test', 'nurture/send-test', 'POST'),
  closed('/api/sequences', 'nurture/read-sequences'),
  closed('/api/sequences/{id}/report', 'nurture/read-sequences'),
  closed('/api/sequences/{id}/walks', 'nurture/read-sequences'),
  closed('/api/sequences/{id}/pause', 'nurture/control-sending', 'POST'),
  closed('/api/sequences/{id}/resume', 'nurture/control-sending', 'POST'),
  closed('/api/sequences/{id}/migration', 'nurture/migrate-walks', 'POST'),

  closed('/api/activation', 'scoring/read-activation'),
  closed('/api/reviews', 'scoring/review-leads'),
  closed('/api/reviews', 'scoring/review-leads', 'POST'),
  closed('/api/reviews/{leadId}', 'scoring/review-leads', 'POST'),

  open('GET', '/u/{token}', 'consent/unsubscribe'),
  open('POST', '/u/{token}', 'consent/unsubscribe'),
  open('GET', '/confirm/{token}', 'consent/confirm'),
  open('POST', '/confirm/{token}', 'consent/confirm'),
  open('GET', '/preferences/{token}', 'consent/preferences'),
  open('POST', '/preferences/{token}', 'consent/preferences'),
  closed('/api/leads/{leadId}/consent', 'consent/read-consent'),

  closed('/api/handoffs', 'handoff/read-handoffs'),
  closed('/api/handoffs/{id}', 'handoff/read-handoffs'),
  open('GET', '/h/{token}', 'handoff/answer-links'),
  open('POST', '/h/{token}', 'handoff/answer-links'),
  closed('/api/handoffs/{id}/accept', 'handoff/post-answers', 'POST'),
  closed('/api/handoffs/{id}/reject', 'handoff/post-answers', 'POST'),
  closed('/api/handoffs/{id}/outcome', 'handoff/post-answers', 'POST'),

  closed('/api/deliveries', 'handoff/work-deliveries'),
  closed('/api/deliveries/{id}', 'handoff/work-deliveries'),
  closed('/api/deliveries/{id}/replay', 'handoff/work-deliveries', 'POST'),

  closed('/api/tasks', 'handoff/work-tasks'),
  closed('/api/tasks/{id}/done', 'handoff/work-tasks', 'POST'),

  closed('/api/audiences', 'handoff/read-audiences'),
  closed('/api/audiences/{id}/results', 'handoff/read-audiences'),
  closed('/api/audiences/{id}/export', 'handoff/read-audiences'),
  closed('/api/leaks', 'handoff/read-leaks'),

  closed('/api/metrics/days', 'metrics/read-days'),
  closed('/api/metrics/days/{day}', 'metrics/read-days'),

  closed('/', 'web/show-pages'),
  closed('/leads', 'web/show-pages'),
  closed('/leads/{leadId}', 'web/show-pages'),
  closed('/handoffs', 'web/show-pages'),
  closed('/handoffs/{id}', 'web/show-pages'),
  closed('/team', 'web/show-pages'),
  closed('/team/what-if', 'web/show-pages'),
  closed('/review', 'web/show-pages'),
  closed('/sending', 'web/show-pages'),
  closed('/sequences', 'web/show-sequences'),
  closed('/sequences/{id}', 'web/show-sequences'),
  closed('/emails/{template}', 'web/show-sequences'),
  closed('/emails/{template}/frame', 'web/show-sequences'),
  closed('/metrics', 'web/show-pages'),
  closed('/audiences', 'web/show-reports'),
  closed('/leaks', 'web/show-reports'),
  closed('/deliveries', 'web/show-reports'),
  closed('/connect', 'web/show-pages'),

  open('GET', '/p/{page}', 'web/show-public-pages'),
  open('GET', '/assets/{file}', 'web/show-public-pages'),
  open('GET', '/js/ripen.js', 'web/show-public-pages'),
  open('GET', '/js/form.js', 'web/show-public-pages'),
  open('GET', '/health', 'web/show-public-pages'),
];

/** The routes of one door. Throws when it has none: an HTTP door nobody can reach is a forgotten line. */
export function routesOf(door: string): readonly Route[] {
  const found = routes.filter((route) => route.door === door);
  if (found.length === 0) throw new Error(`${door} has no route: add it to lib/routes.ts`);
  return found;
}
