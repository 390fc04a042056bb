import { isOpen } from '../handoff/handoff.ts';
import { localDay } from '../leads/calendar.ts';
import { type LeadView, readLeads } from '../leads/read-leads.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { readActivation } from '../scoring/read-activation.ts';
import { homePage } from './home-page.ts';
import type { Language } from './language.ts';
import type { Frame } from './shell.ts';
import { withNames } from './show-handoffs.ts';
import { countedDays } from './show-metrics.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';
import { tookTrial, type WalkStep, walkSteps } from './walk.ts';

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
    handoffs: await withNames(handoffs.items.filter(isOpen), frame.reader, deps),
    repNames: repNamesOf(deps.team),
    threshold: deps.model.threshold,
    toReview: { count: reviews.items.length, atLeast: reviews.cursor !== null },
    activation,
    walk: frame.local
      ? await walk(leads, {
          language: frame.reader.language,
          handedOff: handoffs.items.map(({ leadId }) => leadId),
          counted: days.some(({ metrics }) => (metrics.leadsNew?.value ?? 0) > 0),
          deps,
        })
      : [],
  });
}

interface Known {
  readonly language: Language;
  /** The leads that a rep has. */
  readonly handedOff: readonly string[];
  readonly counted: boolean;
  readonly deps: PagesDeps;
}

/** The walk of whoever began it: the hottest of those who filled in the trial form. */
async function walk(leads: readonly LeadView[], known: Known): Promise<readonly WalkStep[]> {
  const { language, handedOff, counted, deps } = known;
  const walkers = await Promise.all(
    leads.map(async ({ leadId }) => ({ leadId, history: await deps.leads.history(leadId) })),
  );
  const { leadId, history } = walkers.find((one) => tookTrial(one.history)) ??
    walkers[0] ?? { leadId: null, history: [] };
  return walkSteps({ leadId, history, handedOff: leadId !== null && handedOff.includes(leadId), counted, language });
}
