import { describe, expect, it } from 'vitest';
import {
  type AudienceMember,
  conversionsOf,
  conversionTypes,
  converted,
  isConversion,
  joined,
  left,
  whyNot,
} from '../../../functions/handoff/audience.ts';
import { FollowUpPlan } from '../../../functions/handoff/follow-up-plan.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { stableId } from '../../../functions/leads/lead-id.ts';
import { aLead, monday } from '../../support/lead.ts';
import { aRecorded } from '../../support/nurture.ts';
import { aFollowUpPlan } from './a-follow-up-plan.ts';

const tuesday = '2026-03-03T09:00:00.000Z';
const wednesday = '2026-03-04T09:00:00.000Z';
const plan = FollowUpPlan.parse(aFollowUpPlan);
const [audience] = plan.audiences;
if (!audience) throw new Error('the plan has an audience');

function aMember(given: Partial<AudienceMember> = {}): AudienceMember {
  const member = joined(null, { leadId: 'lead-ana', audience: audience ?? never(), at: tuesday });
  return { ...(member ?? never()), ...given };
}

function never(): never {
  throw new Error('who was never in an audience joins it');
}

describe('who may be shown advertisements', () => {
  const at = { activityId: 'activity-1', occurredAt: monday };
  const qualification = {
    cycle: 1,
    reason: 'threshold',
    activityId: 'activity-1',
    score: 55,
    qualifiedAt: monday,
  } as const;

  it.each<[string, Partial<Lead>, ReturnType<typeof whyNot>]>([
    ['permits marketing', {}, null],
    ['was given back by sales', { qualification: { ...qualification, open: false } }, null],
    ['has said nothing of marketing', { consent: {} }, 'no-consent'],
    ['has not confirmed it', { consent: { marketing: { status: 'pending', at: monday } } }, 'no-consent'],
    ['has taken it back', { consent: { marketing: { status: 'revoked', at: monday } } }, 'no-consent'],
    ['is suppressed', { suppressed: { reason: 'complaint', at: monday } }, 'suppressed'],
    ['has bought', { milestones: { lead: at, customer: at } }, 'customer'],
    ['is with sales', { qualification: { ...qualification, open: true } }, 'handed-off'],
    ['will never buy', { disqualified: { ruleId: 'competitor', at: monday } }, 'no-buyer'],
    ['has no address', { email: 'row-1@import.invalid' }, 'no-address'],
  ])('who %s', (_, lead, expected) => {
    expect(whyNot(aLead(lead))).toBe(expected);
  });
});

describe('a member', () => {
  it('joins once, however often it is told', () => {
    expect(joined(aMember(), { leadId: 'lead-ana', audience, at: tuesday })).toBeNull();
    expect(joined(aMember(), { leadId: 'lead-ana', audience, at: wednesday })).toBeNull();
  });

  it('is not put back by what happened before they left', () => {
    const gone = left(aMember(), 'handed-off', wednesday);
    expect(joined(gone, { leadId: 'lead-ana', audience, at: tuesday })).toBeNull();
  });

  it('comes back to the variant they had, also when the weights are others', () => {
    const other = aMember().variant === 'a' ? 'b' : 'a';
    const tilted = {
      ...audience,
      variants: [
        { name: aMember().variant, weight: 0.001 },
        { name: other, weight: 999 },
      ],
    };
    const gone = left(aMember(), 'handed-off', tuesday);
    const back = joined(gone, { leadId: 'lead-ana', audience: tilted, at: wednesday });
    expect(back).toMatchObject({
      variant: aMember().variant,
      joinedAt: wednesday,
      leftAt: null,
      because: null,
      ver: 3,
    });
  });

  it('gets another one when theirs is no more', () => {
    const gone = left(aMember({ variant: 'gone' }), 'handed-off', tuesday);
    expect(['a', 'b']).toContain(joined(gone, { leadId: 'lead-ana', audience, at: wednesday })?.variant);
  });

  it('is the only one where nothing is compared', () => {
    const { variants, ...plain } = audience;
    expect(joined(null, { leadId: 'lead-ana', audience: plain, at: monday })?.variant).toBe('all');
  });

  it('is shared among the variants by weight', () => {
    const weighted = {
      ...audience,
      variants: [
        { name: 'a', weight: 1 },
        { name: 'b', weight: 3 },
      ],
    };
    const drawn = Array.from({ length: 4000 }, (_, n) => stableId('lead', String(n))).filter(
      (leadId) => joined(null, { leadId, audience: weighted, at: monday })?.variant === 'b',
    );
    expect(drawn.length / 4000).toBeCloseTo(0.75, 1);
  });

  it('leaves when they take the next step, and counts once', () => {
    const done = converted(aMember(), wednesday);
    expect(done).toMatchObject({ leftAt: wednesday, because: 'converted', convertedAt: wednesday });
    expect(done && converted(done, wednesday)).toBeNull();
  });

  it('counts also after sales has taken them out', () => {
    const gone = left(aMember(), 'handed-off', tuesday);
    expect(converted(gone, wednesday)).toMatchObject({
      leftAt: tuesday,
      because: 'handed-off',
      convertedAt: wednesday,
    });
  });

  it('does not count with what they did before they joined', () => {
    expect(converted(aMember(), monday)).toBeNull();
  });
});

describe('what an audience is for', () => {
  it('is a next step with us, and what the plan asks of those who are in it', () => {
    expect(conversionsOf(audience.id, plan).map(({ activity }) => activity)).toEqual([
      ...['appointment.booked', 'trial.started', 'deal.won', 'form.submitted'],
    ]);
    expect(conversionTypes(plan)).toEqual(['appointment.booked', 'deal.won', 'form.submitted', 'trial.started']);
  });

  it('is one of the forms it names, and no other', () => {
    const form = (name: string) => aRecorded({ properties: { form: name } });
    expect(isConversion(form('demo'), audience.id, plan)).toBe(true);
    expect(isConversion(form('newsletter'), audience.id, plan)).toBe(false);
  });
});
