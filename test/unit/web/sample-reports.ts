import type { AudienceView, VariantResult } from '../../../functions/handoff/read-audiences.ts';
import type { LeakReport } from '../../../functions/handoff/read-leaks.ts';
import { compared } from '../../../functions/leads/interval.ts';
import type { AudiencesPageView } from '../../../functions/web/audiences-page.ts';
import type { LeaksPageView } from '../../../functions/web/leaks-page.ts';
import { frame } from './sample-pages.ts';

function variants(
  ...counts: readonly { variant: string; members: number; ever: number; converted: number }[]
): VariantResult[] {
  const arms = counts.map((one) => ({ ...one, weight: 1, count: one.converted, of: one.ever }));
  return compared(arms).map(({ count, of, ...result }) => result);
}

export function anAudience(parts: Partial<AudienceView> = {}): AudienceView {
  return {
    audience: 'mql-retargeting',
    name: 'Qualified, not booked',
    joinedBy: [{ leadType: 'mql', after: 'P14D' }],
    conversions: [
      { activity: 'appointment.booked', where: {} },
      { activity: 'form.submitted', where: { form: ['demo', 'consultation'] } },
    ],
    members: 612,
    variants: variants(
      { variant: 'a', members: 311, ever: 402, converted: 21 },
      { variant: 'b', members: 301, ever: 398, converted: 44 },
    ),
    ...parts,
  };
}

export function anAudiencesPageView(parts: Partial<AudiencesPageView> = {}): AudiencesPageView {
  return { frame, audiences: [anAudience()], ...parts };
}

export function aLeakReport(parts: Partial<LeakReport> = {}): LeakReport {
  const ana = { leadId: 'abcdefghijklmnop', name: 'Ana Souza' };
  const line = { reason: null, examples: [ana] };
  return {
    ...{
      from: '2026-10-24',
      to: '2026-11-23',
      stage: 'mql',
      goal: 'customer',
      noFollowUpDays: 7,
      leads: 62,
      wentOn: 11,
    },
    leaks: [
      { ...line, cause: 'no-engagement', leads: 14, share: 14 / 62 },
      { ...line, cause: 'rejected', reason: 'not-ready', leads: 9, share: 9 / 62 },
      { ...line, cause: 'no-follow-up', leads: 4, share: 4 / 62 },
      { ...line, cause: 'lost', reason: 'taken-out-since', leads: 1, share: 1 / 62 },
    ],
    underWay: [{ ...line, cause: 'young', leads: 23, share: 23 / 62 }],
    ...parts,
  };
}

export function aLeaksPageView(parts: Partial<LeaksPageView> = {}): LeaksPageView {
  return {
    isRefused: false,
    frame,
    report: aLeakReport(),
    rejectionReasons: [{ id: 'not-ready', label: { en: 'Not ready to buy yet', 'pt-BR': 'Ainda não é a hora' } }],
    lossReasons: [{ id: 'price', label: { en: 'Price' } }],
    ...parts,
  };
}
