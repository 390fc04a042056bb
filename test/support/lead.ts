import { Lead } from '../../functions/leads/lead.ts';
import { pointsOf, toText } from '../../functions/leads/points.ts';

/** Monday, nine o'clock UTC. */
export const monday = '2026-03-02T09:00:00.000Z';

/** A lead who has just filled in the trial form and agreed to marketing e-mail; a test names only what matters to it. */
export function aLead(given: Partial<Lead> = {}): Lead {
  const at = { activityId: 'activity-1', occurredAt: monday };
  return Lead.parse({
    leadId: 'lead-ana',
    email: 'ana@example.com',
    emailAsTyped: 'Ana@example.com',
    attributes: { name: 'Ana Souza' },
    attributesFrom: {},
    origin: { channel: 'organic', campaign: 'spring', ...at },
    consent: { marketing: { status: 'granted', at: monday } },
    suppressed: null,
    milestones: { lead: at },
    fold: {
      tallies: { 'started-trial': { group: 'engagement', sum: toText(pointsOf(30)), halfLifeDays: null } },
      ...{ silences: {}, firsts: {}, lasts: {}, limits: {} },
    },
    disqualified: null,
    dueAt: null,
    score: { total: 30, fit: 0, engagement: 30, asOf: monday },
    rating: 'warm',
    language: 'en',
    armed: true,
    qualification: null,
    owner: null,
    createdAt: monday,
    lastActivityAt: monday,
    modelVersion: 'v1',
    ver: 1,
    ...given,
  });
}
