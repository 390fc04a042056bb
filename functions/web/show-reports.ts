import { goalsAfter } from '../handoff/leaks.ts';
import { type ReadAudiencesDeps, readAudiences } from '../handoff/read-audiences.ts';
import { type ReadLeaksDeps, readLeaks } from '../handoff/read-leaks.ts';
import type { Team } from '../handoff/team.ts';
import { Milestone } from '../leads/lead.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { audiencesPage } from './audiences-page.ts';
import { leaksPage } from './leaks-page.ts';
import { answerPage, type FrameDeps, type PrivatePage } from './private-page.ts';
import type { Frame } from './shell.ts';
import { type DeliveriesDeps, showDeliveries } from './show-deliveries.ts';

/** Everything the pages about audiences, leaks and deliveries read. They change nothing. */
export type ReportsDeps = FrameDeps & ReadAudiencesDeps & ReadLeaksDeps & DeliveriesDeps & { readonly team: Team };

const leaks: PrivatePage<ReportsDeps> = { section: 'metrics', show: showLeaks };
const deliveries: PrivatePage<ReportsDeps> = { section: 'handoffs', show: showDeliveries };
const audiences: PrivatePage<ReportsDeps> = { section: 'audiences', show: showAudiences };
const pages: Readonly<Record<string, PrivatePage<ReportsDeps>>> = { '/leaks': leaks, '/deliveries': deliveries };

/** The page about those who are shown advertisements, about where leads are lost, or about what other systems were told. */
export function showReport(request: HttpRequest, deps: ReportsDeps): Promise<HttpAnswer> {
  return answerPage(request, pages[request.path] ?? audiences, deps);
}

async function showAudiences(_: HttpRequest, frame: Frame, deps: ReportsDeps): Promise<string> {
  return audiencesPage({ frame, audiences: await readAudiences(deps) });
}

async function showLeaks({ query }: HttpRequest, frame: Frame, deps: ReportsDeps): Promise<string> {
  const { rejectionReasons, lossReasons } = deps.team;
  const asked = await readLeaks(possible(query), deps).catch(refused);
  // What cannot be answered leaves the form where it is, with the last days.
  const report = asked ?? (await readLeaks(new URLSearchParams(), deps));
  return leaksPage({ frame, report, isRefused: asked === null, rejectionReasons, lossReasons });
}

function refused(error: unknown): null {
  if (error instanceof RequestError) return null;
  throw error;
}

/** Without JavaScript two lists cannot follow each other: a goal that does not come after the stage is left to its default. */
function possible(query: URLSearchParams): URLSearchParams {
  const stage = Milestone.safeParse(query.get('stage')).data;
  const goal = Milestone.safeParse(query.get('goal')).data;
  if (!stage || !goal || goalsAfter(stage).includes(goal)) return query;
  return new URLSearchParams([...query].filter(([name]) => name !== 'goal'));
}
