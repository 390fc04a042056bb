import fc from 'fast-check';
import { DayRow } from '../../../functions/metrics/day-row.ts';

type Given = Readonly<Record<string, unknown>>;

const recordedAt = '2026-03-02T12:00:00.000Z';

export function anActivityRow(activityId: string, type: string, given: Given = {}): DayRow {
  return DayRow.parse({ kind: 'activity', activityId, type, recordedAt, leadId: 'lead-1', ...given });
}

export function aMilestoneRow(leadId: string, milestone: string, given: Given = {}): DayRow {
  return DayRow.parse({ kind: 'milestone', leadId, milestone, recordedAt, ...given });
}

export function aHandoffRow(handoffId: string, rep: string | null, given: Given = {}): DayRow {
  return DayRow.parse({ kind: 'handoff', handoffId, rep, recordedAt, ...given });
}

const origin = fc.record({
  channel: fc.constantFrom('organic', 'paid', 'unknown'),
  campaign: fc.constantFrom('spring', 'autumn', '__proto__', 'unknown'),
});
const types = ['page.viewed', 'form.submitted', 'email.sent', 'email.delivered', 'email.opened', 'email.clicked'];
const verdict = fc.record({ by: fc.constantFrom('human', 'machine', 'unsure') });

/** Any day: few ids, so that the same visitor, message or lead comes again and again. */
export const anyRow: fc.Arbitrary<DayRow> = fc.oneof(
  fc
    .record({
      number: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom(...types),
      leadId: fc.constantFrom('lead-1', 'lead-2', null),
      anonymousId: fc.constantFrom('visitor-1', 'visitor-2', undefined),
      messageId: fc.constantFrom('m1', 'm2', 'm3'),
      verdict,
      origin,
      minute: fc.integer({ min: 10, max: 59 }),
    })
    .map(({ number, type, messageId, minute, ...rest }) =>
      // One id is one activity: who did what stands in it.
      anActivityRow([type, rest.leadId, rest.anonymousId, messageId, number].join(), type, {
        ...rest,
        properties: { messageId, permits: [] },
        recordedAt: `2026-03-02T12:${minute}:00.000Z`,
      }),
    ),
  fc
    .tuple(fc.constantFrom('lead-1', 'lead-2', 'lead-3'), fc.constantFrom('lead', 'iql', 'mql', 'sql', 'trial'), origin)
    .map(([leadId, milestone, from]) => aMilestoneRow(leadId, milestone, { origin: from })),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('ana', 'bruno'), origin)
    .map(([n, rep, from]) => aHandoffRow(`lead-${n}.1`, rep, { origin: from })),
);
