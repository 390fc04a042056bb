import { reasonToWithhold } from '../handoff/hand-off-lead.ts';
import { leadName } from '../handoff/hot-lead.ts';
import { route } from '../handoff/route.ts';
import { type RoutingDeps, routingAbout, routingFor } from '../handoff/routing-for.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import type { Asked } from '../leads/predicate.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { rating } from '../scoring/settle.ts';
import type { Frame } from './shell.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';
import { type AskedFacts, type WhatIf, whatIfPage } from './what-if-page.ts';

/** What the question is answered from. It changes nothing. */
export type WhatIfDeps = RoutingDeps & Pick<PagesDeps, 'leads' | 'pepper' | 'model'>;

/** Asks `route()` itself, with today's roster, and throws its answer away. */
export async function showWhatIf({ query }: HttpRequest, frame: Frame, deps: WhatIfDeps): Promise<string> {
  const typed = (name: string) => (query.get(name) ?? '').trim().slice(0, 320);
  const asked: AskedFacts = {
    ...{ lead: typed('lead'), country: typed('country'), region: typed('region'), industry: typed('industry') },
    ...{ product: typed('product'), language: typed('language'), score: typed('score') },
  };
  const answer = await answerTo(asked, deps);
  return whatIfPage({ frame, asked, answer, team: deps.team, repNames: repNamesOf(deps.team) });
}

async function answerTo(asked: AskedFacts, deps: WhatIfDeps): Promise<WhatIf> {
  if (asked.lead !== '') return aboutLead(asked.lead, deps);
  const { lead: _, ...facts } = asked;
  if (Object.values(facts).every((fact) => fact === '')) return { outcome: 'not-asked' };
  const routing = await routingAbout(described(facts, deps), { previousRep: null, excluded: [] }, deps);
  return { outcome: 'routed', routed: route(routing), lead: null, never: null };
}

async function aboutLead(typed: string, deps: WhatIfDeps): Promise<WhatIf> {
  const email = normaliseEmail(typed);
  const known = await deps.leads.known(email === null ? typed : leadIdOf(email, await deps.pepper()));
  if (known === 'erased') return { outcome: 'erased' };
  if (!known) return { outcome: 'not-found' };
  const history = await deps.leads.history(known.leadId);
  return {
    outcome: 'routed',
    routed: route(await routingFor({ lead: known, history }, deps)),
    lead: { leadId: known.leadId, name: leadName(known) },
    ...(known.qualification?.open && { openWith: known.owner }),
    never: reasonToWithhold(known),
  };
}

/** Somebody who has told so much and done nothing. */
function described(facts: Omit<AskedFacts, 'lead'>, { account, model }: WhatIfDeps): Asked {
  const { language, score: typedScore, ...told } = facts;
  const score = Math.max(0, Number(typedScore) || 0);
  return {
    attributes: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== '')),
    milestones: {},
    rating: rating(score, { rating: 'cold', qualification: null }, model),
    score,
    language: language === '' ? account.language : language,
    history: [],
  };
}
