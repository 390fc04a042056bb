import { FollowUpPlan } from '../../../functions/handoff/follow-up-plan.ts';

/** As the shipped one, but for the words. `lost: false`: nobody is asked again after a lost deal. */
export function aPlan({ lost = true } = {}): FollowUpPlan {
  return FollowUpPlan.parse({
    iql: { strategy: 'sequence', sequence: 'welcome' },
    mql: {
      strategy: 're-engage',
      after: 'P14D',
      unless: [
        { activity: 'appointment.booked' },
        { activity: 'form.submitted', where: { form: ['demo', 'consultation'] } },
      ],
      sequence: 'welcome',
      audience: 'mql-retargeting',
    },
    sql: {
      strategy: 'task',
      after: 'P7D',
      title: { en: 'Follow up', 'pt-BR': 'Retomar o contato' },
      ...(lost && { lost: { after: 'P90D', title: { en: 'Ask again' } } }),
      recycled: 'welcome',
    },
    trial: { strategy: 'sequence', sequence: 'welcome' },
    audiences: [{ id: 'mql-retargeting', name: 'Qualified, not booked', variants: [{ name: 'a' }, { name: 'b' }] }],
  });
}
