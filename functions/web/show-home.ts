import { localDay } from '../leads/calendar.ts';
import { readLeads } from '../leads/read-leads.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { readActivation } from '../scoring/read-activation.ts';
import { homePage } from './home-page.ts';
import type { Frame } from './shell.ts';
import { withNames } from './show-handoffs.ts';
import { countedDays } from './show-metrics.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';
import { type WalkStep, walkSteps } from './walk.ts';

export async function showHome(_request: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const today = localDay(new Date(frame.reader.nowMs).toISOString(), frame.reader.timeZone);
  const [{ leads }, handoffs, days, reviews, activation] = await Promise.all([
    readLeads({ limit: 5 }, deps),
    deps.handoffs.list({ limit: 5 }),
    countedDays(today, 14, deps),
    deps.reviews.list(100),
    readActivation(deps.activations),
  ]);
  return homePage({
    frame,
    today,
    days,
    tiles: deps.settings.home,
    leads,
    handoffs: await withNames(handoffs.items, deps),
    repNames: repNamesOf(deps.team),
    threshold: deps.model.threshold,
    toReview: { count: reviews.items.length, atLeast: reviews.cursor !== null },
    activation,
    walk: frame.local
      ? await walk(leads[0]?.leadId ?? null, {
          handedOff: handoffs.items.length > 0,
          counted: days.some(({ metrics }) => (metrics.leadsNew?.value ?? 0) > 0),
          deps,
        })
      : [],
  });
}

async function walk(
  leadId: string | null,
  { handedOff, counted, deps }: { readonly handedOff: boolean; readonly counted: boolean; readonly deps: PagesDeps },
): Promise<readonly WalkStep[]> {
  const history = leadId === null ? [] : await deps.leads.history(leadId);
  return walkSteps({ leadId, history, handedOff, counted });
}
