import { leadFilter, leadView, readLeads } from '../leads/read-leads.ts';
import { readEnrollments } from '../nurture/read-enrollments.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import { explainLead } from '../scoring/explain-lead.ts';
import { leadPage } from './lead-page.ts';
import { leadsPage } from './leads-page.ts';
import type { Frame } from './shell.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';

export async function showLeads({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const filter = leadFilter(query);
  const { leads, cursor } = await readLeads({ limit: 25, ...filter }, deps);
  return leadsPage({
    frame,
    leads,
    cursor,
    filter,
    threshold: deps.model.threshold,
    repNames: repNamesOf(deps.team),
  });
}

/** @throws RequestError 404 when there is no such lead. */
export async function showLead({ params }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const leadId = params.leadId ?? '';
  const lead = await deps.leads.get(leadId);
  if (!lead) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  const { cycle } = lead.qualification ?? {};
  const [explanation, activities, mail, handoff] = await Promise.all([
    explainLead(leadId, deps),
    deps.leads.history(leadId),
    readEnrollments(leadId, deps),
    cycle === undefined ? null : deps.handoffs.get(leadId, cycle),
  ]);
  if (!explanation) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  return leadPage({
    frame,
    lead: leadView(lead, deps.now()),
    explanation,
    activities,
    mail,
    handoff,
    repNames: repNamesOf(deps.team),
    threshold: deps.model.threshold,
  });
}
