import { holderOf, isToDo } from '../handoff/task.ts';
import type { Activity } from '../leads/activity.ts';
import { leadFilter, leadView, readLeads } from '../leads/read-leads.ts';
import { readEnrollments, unlessLetGo } from '../nurture/read-enrollments.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import { explain } from '../scoring/explain.ts';
import { leadWithHistory } from '../scoring/explain-lead.ts';
import { scoreOverTime } from '../scoring/score-over-time.ts';
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
    erased: query.has('erased'),
  });
}

/** How many parts the drawing of the score has, besides what the lead did. */
const steps = 60;

/** @throws RequestError 404 when there is no such lead, 410 when they are erased. */
export async function showLead({ params, query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const known = await leadWithHistory(params.leadId ?? '', deps.leads);
  if (!known) throw await whyNobody(params.leadId ?? '', deps);
  const { lead, history } = known;
  // Another address of the lead has an id too, and everything stands under the lead's own.
  const { leadId, qualification } = lead;
  const { nowMs, language } = frame.reader;
  const [model, statements, mail, handoff, tasks, review, evidence, sendingSwitch] = await Promise.all([
    deps.models.get(lead.modelVersion),
    deps.leads.statements(leadId),
    readEnrollments(leadId, deps),
    qualification ? deps.handoffs.get(leadId, qualification.cycle) : null,
    deps.tasks.ofLead(leadId),
    deps.reviews.get(leadId),
    deps.consents.evidence(leadId),
    deps.sendingSwitch.get(),
  ]);
  return leadPage({
    frame,
    lead: leadView(lead, nowMs),
    explanation: explain(lead, history, model, { asOf: new Date(nowMs).toISOString(), past: false, language }),
    scoreRun: scoreOverTime({ lead, history, statements }, model, { ...sinceFirst(history, nowMs), steps }),
    activities: history,
    mail: unlessLetGo(mail, sendingSwitch),
    permissions: { consent: lead.consent, suppressed: lead.suppressed, evidence },
    handoff,
    // Who has left the team has it no more.
    tasks: tasks.map((task) => (isToDo(task) ? { ...task, rep: holderOf(task, deps.team) } : task)),
    review,
    armed: lead.armed,
    repNames: repNamesOf(deps.team),
    sequenceNames: deps.sequenceNames,
    model: model.model,
    newAdjustmentId: deps.newId(),
    adjusted: query.has('adjusted'),
    readdressed: query.get('address') === 'changed',
  });
}

async function whyNobody(leadId: string, { leads }: PagesDeps): Promise<RequestError> {
  if ((await leads.known(leadId)) !== 'erased')
    return new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  return new RequestError(410, 'erased-lead', 'This person asked to be forgotten: nothing is kept of them.');
}

/** From right before the first activity, so that its points are seen to come, until now. Epoch milliseconds. */
function sinceFirst(
  history: readonly Activity[],
  nowMs: number,
): { readonly fromMs: number; readonly untilMs: number } {
  const firstMs = Date.parse(history[0]?.occurredAt ?? '');
  return { fromMs: firstMs < nowMs ? firstMs - 1 : nowMs - 1, untilMs: nowMs };
}
