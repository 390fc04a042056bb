import * as z from 'zod';
import { busEvent } from '../runtime/bus-event-kind.ts';
import { Activity, CapturedActivity } from './activity.ts';
import { Lead, Rating, SuppressionReason } from './lead.ts';

/** A door took something in. Durable from here on: the 202 has been given. */
export const ActivityCaptured = busEvent('ActivityCaptured', CapturedActivity);

/** A form was refused: told to the connect page, with the reason and without what the visitor typed. */
export const SubmissionRejected = busEvent(
  'SubmissionRejected',
  z.object({ formId: z.string(), code: z.string(), message: z.string(), path: z.string().optional(), at: z.string() }),
);

/** The activity is in the ledger. `lead` is the person as they stood when it was published. */
export const ActivityRecorded = busEvent(
  'ActivityRecorded',
  z.object({ leadId: z.string().nullable(), activity: Activity, quiet: z.boolean().default(false) }),
);

/** The lead's rating or milestones moved. */
export const LeadScored = busEvent(
  'LeadScored',
  z.object({ leadId: z.string(), score: z.number(), rating: Rating, milestones: Lead.shape.milestones }),
);

/**
 * Leads are to be brought to the active scoring model, which was `version` when this was said: all that are of another one, or only
 * the one that is named, because it was written under another.
 */
export const RescoreDue = busEvent('RescoreDue', z.object({ version: z.string(), leadId: z.string().optional() }));

/** One line of why a lead scores what it scores: a rule in words, its points as they count now, and when it was earned. */
export const ScoreReason = z.object({
  rule: z.string(),
  /** The same in each language the playbook says it in; left out where it is in one only. */
  says: z.record(z.string(), z.string()).optional(),
  points: z.number(),
  /** What they were when it was new; left out where time has taken nothing. */
  new: z.number().optional(),
  occurredAt: z.string(),
});
export type ScoreReason = z.infer<typeof ScoreReason>;

/** What a reason says, in the reader's language where the playbook has it. */
export function reasonIn({ rule, says }: Pick<ScoreReason, 'rule' | 'says'>, language: string): string {
  const base = language.split('-')[0];
  return says?.[language] ?? Object.entries(says ?? {}).find(([each]) => each.split('-')[0] === base)?.[1] ?? rule;
}

/** A score changes by itself now: it has cooled below a boundary, or a silence is complete (S9). Only the knock on the door. */
export const ScoreDue = busEvent('ScoreDue', z.object({ leadId: z.string() }));

/** Sales must get this lead: one per cycle (I-H1). `reasons` are told to the rep (D10). */
export const LeadQualified = busEvent(
  'LeadQualified',
  z.object({
    leadId: z.string(),
    cycle: z.number().int(),
    reason: z.enum(['explicit-request', 'threshold']),
    score: z.number(),
    activityId: z.string(),
    qualifiedAt: z.string(),
    reasons: z.array(ScoreReason).default([]),
  }),
);

/** A rep has the lead. */
export const LeadHandedOff = busEvent(
  'LeadHandedOff',
  z.object({ leadId: z.string(), cycle: z.number().int(), rep: z.string(), at: z.string() }),
);

/** Something else happened while sales has this lead: no hand-off of its own, but told to their rep (requirements §2.9). */
export const LeadRequalified = busEvent(
  'LeadRequalified',
  z.object({
    leadId: z.string(),
    cycle: z.number().int(),
    reason: z.enum(['explicit-request', 'threshold']),
    activityId: z.string(),
    at: z.string(),
  }),
);

/**
 * A hand-off is not what it was: `what` happened, and `handoff` is what it was made, as the hand-off room stores it. One for every
 * `ver`, so that whoever tells it on tells it once.
 */
export const HandoffChanged = busEvent(
  'HandoffChanged',
  z.object({
    leadId: z.string(),
    cycle: z.number().int(),
    what: z.string(),
    ver: z.number().int(),
    at: z.string(),
    handoff: z.record(z.string(), z.json()),
  }),
);

/** A hand-off waits too long for its rep, or waits for a rep at all. Only the knock on the door. */
export const HandoffDue = busEvent('HandoffDue', z.object({ leadId: z.string(), cycle: z.number().int() }));

/** A call to somebody else's system is to be made, or made again. Only the knock on the door. */
export const DeliveryDue = busEvent('DeliveryDue', z.object({ leadId: z.string(), deliveryId: z.string() }));

/** It is time to look whether a lead did what their type is followed up for (U1). Only the knock on the door. */
export const FollowUpDue = busEvent('FollowUpDue', z.object({ leadId: z.string(), leadType: z.string() }));

/** We must not e-mail this person any more. */
export const LeadSuppressed = busEvent(
  'LeadSuppressed',
  z.object({ leadId: z.string(), reason: SuppressionReason, at: z.string() }),
);

/** One lead began one walk through one sequence. */
export const LeadEnrolled = busEvent(
  'LeadEnrolled',
  z.object({ leadId: z.string(), sequence: z.string(), at: z.string() }),
);

/** A step of a sequence is due now. The worker recomputes from the enrollment; the event is only the knock on the door. */
export const StepDue = busEvent(
  'StepDue',
  z.object({ leadId: z.string(), sequence: z.string(), run: z.string(), step: z.number().int() }),
);

/** A claimed send has had no answer for long enough: find out, or call it unconfirmed (I-M2). */
export const SendUnresolved = busEvent(
  'SendUnresolved',
  z.object({ leadId: z.string(), sequence: z.string(), run: z.string(), step: z.number().int() }),
);

/**
 * A single message to bring: the promised asset to a lead, or a hot lead to a rep. Only the sender may send, so other rooms ask by event.
 * (`leadId`, `sequence`, `run`, `step`) name the send: asking twice sends once.
 */
export const MessageRequested = busEvent(
  'MessageRequested',
  z.object({
    leadId: z.string(),
    sequence: z.string(),
    run: z.string(),
    step: z.number().int(),
    template: z.string(),
    language: z.string(),
    /** `lead`: the person themselves, transactional, no marketing consent needed; `team`: a colleague, at this address. */
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('lead') }),
      z.object({ kind: z.literal('team'), email: z.string(), name: z.string() }),
    ]),
    data: z.record(z.string(), z.json()),
    /** A colleague looks at what a lead would get: marked as a test, with the data of lead `leadId`, or of somebody made up. */
    test: z.boolean().optional(),
    policy: z.enum(['atMostOnce', 'atLeastOnce']),
    /**
     * The lead asked for it at this instant (ISO), after having unsubscribed: it may go although they did, unless they have said no
     * again since (`suppression.lastAt`). Any other suppression, and any later no, stands.
     */
    despiteUnsubscribeBefore: z.string().optional(),
  }),
);

/** Somebody asked to be forgotten: nothing is kept of them but the id, and nothing may be recorded or sent again (I-E2). */
export const LeadErased = busEvent(
  'LeadErased',
  z.object({
    leadId: z.string(),
    at: z.string(),
    /** The rep who had them at that moment, and has room for another now. */
    heldBy: z.string().nullable().default(null),
  }),
);

/** Something of an erased person is still to be taken away, or looked for once more. Only the knock on the door. */
export const ErasureDue = busEvent(
  'ErasureDue',
  z.object({ leadId: z.string(), look: z.number().int().nonnegative() }),
);

/** Something that came later has changed who opened or clicked: the row as it is judged now. */
export const ActivityRejudged = busEvent('ActivityRejudged', z.object({ leadId: z.string(), activity: Activity }));

/** What SES told of a message when it was asked, since the event itself was lost: the event, in SES's own words. */
export const EmailEventFound = busEvent(
  'EmailEventFound',
  z.looseObject({ eventType: z.string(), mail: z.looseObject({ messageId: z.string() }) }),
);
