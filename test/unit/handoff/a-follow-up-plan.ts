import { FollowUpPlan } from '../../../functions/handoff/follow-up-plan.ts';

/** A follow-up for every type, as `follow-up.yaml` has it: MQLs who take no next step join an audience of two variants. */
export const aFollowUpPlan = {
  iql: { strategy: 'sequence', sequence: 'engagement' },
  mql: {
    strategy: 're-engage',
    after: 'P14D',
    unless: [
      { activity: 'appointment.booked' },
      { activity: 'trial.started' },
      { activity: 'form.submitted', where: { form: ['demo', 'consultation'] } },
    ],
    sequence: 'mql-follow-up',
    audience: 'mql-retargeting',
  },
  sql: { strategy: 'task', after: 'P7D', title: { en: 'Follow up' }, recycled: 'engagement' },
  trial: { strategy: 'sequence', sequence: 'trial-upgrade' },
  audiences: [{ id: 'mql-retargeting', name: 'Qualified, not booked', variants: [{ name: 'a' }, { name: 'b' }] }],
};

const lost = { after: 'P90D', title: { en: 'Ask again' } };

/** The same, parsed; after a lost deal somebody is asked again, unless `asksAgain` is false. */
export function aPlan({ asksAgain = true } = {}): FollowUpPlan {
  const { sql } = aFollowUpPlan;
  return FollowUpPlan.parse({ ...aFollowUpPlan, sql: asksAgain ? { ...sql, lost } : sql });
}
