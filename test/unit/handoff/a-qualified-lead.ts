import type * as z from 'zod';
import { Team } from '../../../functions/handoff/team.ts';
import { LeadQualified } from '../../../functions/leads/bus-event.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aLead as aTrialLead } from '../../support/lead.ts';

export const monday = '2026-03-02T12:00:00.000Z';

/** A lead with marketing consent who has just reached 55 points. */
export function aLead(given: Partial<Lead> = {}): Lead {
  return aTrialLead({
    leadId: 'abcdefgh',
    email: 'maria@example.com',
    emailAsTyped: 'Maria@example.com',
    attributes: { name: 'Maria Prado', company: 'Padaria Sol' },
    score: { total: 55, fit: 0, engagement: 55, asOf: monday },
    rating: 'hot',
    language: null,
    armed: false,
    ...given,
  });
}

export function aQualification(given: Partial<ReturnType<typeof LeadQualified.detail.parse>> = {}) {
  return LeadQualified.detail.parse({
    leadId: 'abcdefgh',
    cycle: 1,
    reason: 'threshold',
    score: 55,
    activityId: 'activity-1',
    qualifiedAt: monday,
    reasons: [
      { rule: 'subscribed to the list', points: 5, occurredAt: monday },
      { rule: 'started the free trial', points: 25, occurredAt: monday },
    ],
    ...given,
  });
}

/** Equal reps who are there round the clock, unless `given` says otherwise. */
export function aTeam(size = 5, given: Partial<z.input<typeof Team>> = {}): Team {
  const names = ['ana', 'bruno', 'carla', 'daniel', 'elena'];
  return Team.parse({
    reps: names.slice(0, size).map((id) => ({ id, name: id, email: `${id}@orchard.example` })),
    manager: { id: 'marta', name: 'Marta', email: 'marta@orchard.example' },
    rejectionReasons: [
      { id: 'not-ready', label: { en: 'Not ready' } },
      { id: 'not-mine', label: { en: 'Not mine' }, then: 'next-rep' },
    ],
    lossReasons: [{ id: 'price', label: { en: 'Price' } }],
    hotLead: { template: 'hot-lead', language: 'en' },
    ...given,
  });
}
