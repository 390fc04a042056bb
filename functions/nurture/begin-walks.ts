import type { Activity } from '../leads/activity.ts';
import { LeadEnrolled } from '../leads/bus-event.ts';
import { type Lead, Milestone } from '../leads/lead.ts';
import { askedOf } from '../leads/predicate.ts';
import { timeZoneOf } from '../leads/time-zone.ts';
import { log } from '../runtime/log.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import { dueOf, isDue } from './enrollment.ts';
import { type Cause, enroll, mayEnroll, mayReenter, segmentLookBackMs, startedAt, startedBy } from './entering.ts';
import type { MoveDeps } from './move-walk.ts';
import { type PlannedSequences, plannedBy, plannedCauses } from './planned-sequence.ts';
import type { Sequence } from './sequence.ts';

export interface BeginDeps extends MoveDeps {
  /** The running playbook's version: new walks begin with it. */
  readonly version: string;
  readonly planned: PlannedSequences;
}

/** A milestone that is older than this has been heard of before, or comes from an old file: it begins nothing (requirements §2.22). */
const freshMs = 7 * 86_400_000;
/** No queue and no dead letter keeps an event so long: what is older is told from somewhere else, and has been heard of before. */
const tellableMs = 21 * 86_400_000;
/** A form that waits for its double opt-in is forgotten after so long. */
const confirmableMs = 30 * 86_400_000;

/** Begins every sequence this activity starts. Once per lead and cause, however often told. Answers what is to be published. */
export async function beginWalks(
  leadId: string,
  activity: Activity,
  deps: BeginDeps,
): Promise<readonly OutgoingEvent[]> {
  // An event of an archive, told once more. What an operator brings from a file they have said to be live.
  if (activity.source !== 'import' && deps.now() - Date.parse(activity.occurredAt) > tellableMs) return [];
  const sequences = await deps.sequences(deps.version);
  const begun = [...(await beginPlanned(leadId, activity, deps))];
  for (const cause of await causesOf(leadId, activity, deps)) {
    for (const sequence of startedBy(cause, sequences)) {
      // What confirms a form is the lead's last deed: the first e-mail answers that.
      begun.push(...(await begin(leadId, { ...cause, occurredAt: activity.occurredAt }, sequence, deps)));
    }
  }
  return begun;
}

/** Begins what the follow-up plan has for leads of this type, if it is what has happened (U1, U3). */
async function beginPlanned(leadId: string, activity: Activity, deps: BeginDeps): Promise<readonly OutgoingEvent[]> {
  const lead = plannedCauses.includes(activity.type) ? await deps.leads.get(leadId) : null;
  const sequence = lead && plannedBy(activity, lead, deps.planned, await deps.sequences(deps.version));
  return sequence ? begin(leadId, activity, sequence, deps) : [];
}

/** Begins every sequence that starts when a lead has come as far as this one has. */
export async function beginAtMilestones(
  leadId: string,
  milestones: Lead['milestones'],
  deps: BeginDeps,
): Promise<readonly OutgoingEvent[]> {
  const sequences = await deps.sequences(deps.version);
  const begun: OutgoingEvent[] = [];
  for (const milestone of Milestone.options) {
    const reached = milestones[milestone];
    if (!reached || deps.now() - Date.parse(reached.occurredAt) > freshMs) continue;
    for (const sequence of startedAt(milestone, sequences))
      begun.push(...(await begin(leadId, { ...reached, properties: {} }, sequence, deps)));
  }
  return begun;
}

/** The activity itself; and when it confirms a double opt-in, the form that asked for it, which could begin nothing then. */
async function causesOf(leadId: string, activity: Activity, { leads, now }: BeginDeps): Promise<readonly Activity[]> {
  const { type, source, properties } = activity;
  if (type !== 'list.subscribed' || source !== 'page') return [activity];
  const at = now();
  const lately = await leads.between(leadId, new Date(at - confirmableMs).toISOString(), new Date(at).toISOString());
  const asked = lately.findLast(
    (each) =>
      each.type === 'form.submitted' && (properties.form === undefined || each.properties.form === properties.form),
  );
  return asked ? [asked, activity] : [activity];
}

async function begin(
  leadId: string,
  cause: Cause,
  sequence: Sequence,
  deps: BeginDeps,
): Promise<readonly OutgoingEvent[]> {
  const { leads, enrollments, version, account } = deps;
  const spoken = cause.properties.language;
  // Every round ends it, or somebody else wrote the lead or the walk in the meantime: decide on what they wrote.
  for (let round = 1; round <= 20; round++) {
    const lead = await leads.get(leadId);
    if (!lead) return [];
    const now = deps.now();
    const language = typeof spoken === 'string' ? spoken : (lead.language ?? account.language);
    const asked = askedOf(lead, language, await historyFor(lead, sequence, deps), now);
    if (!mayEnroll(lead, sequence, asked, now)) return [];
    const last = await enrollments.get(leadId, sequence.id);
    if (last && !mayReenter(last, sequence, cause, now)) return [];
    const timeZone = timeZoneOf(lead, account);
    const enrollment = enroll(lead, cause, sequence, { version, language, timeZone, now, last });
    if ((await enrollments.start(enrollment, lead)) !== 'started') continue;
    log('lead-enrolled', { leadId, sequence: sequence.id });
    const due = dueOf(enrollment);
    // The sweep would knock within a minute; a first e-mail should not wait for it.
    const enrolled = toEvent(LeadEnrolled, { leadId, sequence: sequence.id, at: enrollment.enrolledAt });
    return [enrolled, ...(due && isDue(enrollment, now) ? [due.event] : [])];
  }
  throw new Error('this lead is written to by too many at once: the message comes back by itself');
}

/** As much of the ledger as the segment asks about. */
async function historyFor(
  { leadId }: Lead,
  sequence: Sequence,
  { leads, now }: BeginDeps,
): Promise<readonly Activity[]> {
  const backMs = segmentLookBackMs(sequence);
  if (backMs === 0) return [];
  const from = backMs === Number.POSITIVE_INFINITY ? '' : new Date(now() - backMs).toISOString();
  return leads.between(leadId, from, new Date(now()).toISOString());
}
