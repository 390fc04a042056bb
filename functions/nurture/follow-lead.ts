import type * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { type ActivityRecorded, LeadEnrolled } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { log } from '../runtime/log.ts';
import { type OutgoingEvent, type Publish, toEvent } from '../runtime/publish.ts';
import type { ConcludeDeps } from './conclude-send.ts';
import { confirmSend } from './confirm-send.ts';
import { endWalksFor } from './end-walks.ts';
import { dueOf, enroll, mayEnroll, startedBy } from './enrollment.ts';
import { assetRequest, type PromisedAssets } from './promised-asset.ts';
import type { Sequence } from './sequence.ts';

export interface FollowDeps extends ConcludeDeps {
  readonly leads: { get(leadId: string): Promise<Lead | null> };
  /** The running playbook's version: new walks begin with it. */
  readonly version: string;
  readonly assets: PromisedAssets;
  readonly language: string;
  readonly baseUrl: string;
  readonly publish: Publish;
}

/** Does what a recorded activity asks of nurture: begin walks, bring the promised asset, prove a send, end walks on a sale. */
export async function followActivity(
  { leadId, activity, quiet }: z.output<typeof ActivityRecorded.detail>,
  deps: FollowDeps,
): Promise<void> {
  if (leadId === null) return;
  if (activity.type === 'email.sent') return confirmSend(leadId, activity, deps);
  if (activity.type === 'deal.won') return endWalksFor(leadId, 'converted', deps);
  if (!quiet) await beginWalks(leadId, activity, deps);
}

/** Begins every sequence this activity starts, and asks for the promised asset. Once per lead and sequence, however often told. */
async function beginWalks(leadId: string, activity: Activity, deps: FollowDeps): Promise<void> {
  const lead = await deps.leads.get(leadId);
  // Erased since.
  if (!lead) return;
  const spoken = activity.properties.language;
  const language = typeof spoken === 'string' ? spoken : (lead.language ?? deps.language);
  const sequences = startedBy(activity, await deps.sequences(deps.version));
  const begun: OutgoingEvent[] = [];
  for (const sequence of sequences) begun.push(...(await begin(leadId, activity, sequence, language, deps)));
  const asset = lead.suppressed ? null : assetRequest(leadId, activity, deps.assets, { ...deps, language });
  await deps.publish([...(asset ? [asset] : []), ...begun]);
}

async function begin(
  leadId: string,
  activity: Activity,
  sequence: Sequence,
  language: string,
  { leads, enrollments, version, now }: FollowDeps,
): Promise<readonly OutgoingEvent[]> {
  // Every round ends it, or somebody else wrote the lead in the meantime: decide on what they wrote.
  for (let round = 1; round <= 20; round++) {
    const lead = await leads.get(leadId);
    if (!lead || !mayEnroll(lead, sequence)) return [];
    const enrollment = enroll(lead, activity, sequence, { version, language, now: now() });
    const outcome = await enrollments.start(enrollment, lead);
    if (outcome === 'exists') return [];
    if (outcome === 'lead-changed') continue;
    log('lead-enrolled', { leadId, sequence: sequence.id });
    const due = dueOf(enrollment);
    const isDueNow = due !== null && Date.parse(due.dueAt) <= now();
    // The sweep would knock within a minute; a first e-mail should not wait for it.
    const enrolled = toEvent(LeadEnrolled, { leadId, sequence: sequence.id, at: enrollment.enrolledAt });
    return [enrolled, ...(isDueNow ? [due.event] : [])];
  }
  throw new Error('this lead is written to by too many at once: the message comes back by itself');
}
