import type { Handoff } from '../handoff/handoff.ts';
import type { HttpRequest } from '../runtime/http.ts';
import type { Frame } from './shell.ts';
import type { PagesDeps } from './show-pages.ts';
import { showWhatIf } from './show-what-if.ts';
import { teamPage } from './team-page.ts';
import { standings } from './team-standing.ts';

/** More than that waiting is told as such: nobody counts them one by one. */
const most = 100;

/** `/team`, and under it the question who would get a lead. */
export async function showTeam(request: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  return request.path === '/team/what-if' ? showWhatIf(request, frame, deps) : showStandings(frame, deps);
}

async function showStandings(frame: Frame, deps: PagesDeps): Promise<string> {
  const { team, account, handoffs } = deps;
  const now = frame.reader.nowMs;
  const byMail = team.reps.filter(({ channel }) => channel.kind === 'email');
  const [roster, records, silent, queue, escalated] = await Promise.all([
    handoffs.roster(),
    handoffs.records(team.reps.map(({ id }) => id)),
    deps.silenced(byMail.map(({ email }) => email)),
    handoffs.list({ status: 'queued', limit: most }),
    handoffs.list({ status: 'assigned', rep: team.manager.id, limit: most }),
  ]);
  return teamPage({
    ...{ frame, team, queue: { ...counted(queue), oldestMs: oldestMs(queue.items, now) } },
    standings: standings({
      ...{ team, account, roster, records, now },
      silent: byMail.filter(({ email }) => silent.includes(email)).map(({ id }) => id),
    }),
    withManager: counted(escalated),
  });
}

function counted({ items, cursor }: { readonly items: readonly Handoff[]; readonly cursor: string | null }) {
  return { count: items.length, atLeast: cursor !== null };
}

function oldestMs(waiting: readonly Handoff[], now: number): number | null {
  if (waiting.length === 0) return null;
  return now - Math.min(...waiting.map(({ qualifiedAt }) => Date.parse(qualifiedAt)));
}
