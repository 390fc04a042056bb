import { expect, it } from 'vitest';
import { Form } from '../../../functions/capture/form.ts';
import { activitiesOf, readAnswers } from '../../../functions/capture/submission.ts';
import { applyPerson } from '../../../functions/scoring/person.ts';
import { aLead } from '../../support/lead.ts';

const label = { en: 'E-mail' };
const form = Form.parse({
  title: { en: 'The letter' },
  magnet: 'newsletter',
  funnelStage: 'TOFU',
  fields: [{ name: 'email', type: 'email', label, required: true }],
  consents: [
    { purpose: 'marketing', wording: { en: 'Yes, e-mail me.' } },
    { purpose: 'tracking', wording: { en: 'Yes, note what I open.' } },
  ],
});

/** What a submission with these answers to the boxes makes happen. */
function submitted(consent: Readonly<Record<string, boolean>>) {
  const read = readAnswers(
    form,
    new Map<string, unknown[]>([
      ['email', ['ana@example.com']],
      ['consent', [consent]],
    ]),
  );
  if (read.outcome === 'refused') throw new Error('it fits');
  const occurredAt = '2026-03-02T12:00:00.000Z';
  return activitiesOf({ formId: 'letter', form, answers: read.answers, language: 'en', occurredAt, source: 'form' })[0];
}

const nobody = aLead({ consent: {}, milestones: {} });

it('T15 a form may ask for tracking; double opt-in gates marketing alone', () => {
  const activity = submitted({ marketing: true, tracking: true });
  expect(activity.consents.map(({ purpose, status }) => [purpose, status])).toEqual([
    ['marketing', 'pending'],
    ['tracking', 'granted'],
  ]);
  expect(applyPerson(nobody, activity)).toMatchObject({
    consent: { marketing: { status: 'pending' }, tracking: { status: 'granted' } },
    // Scoring and hand-off do not wait for the confirmation.
    milestones: { lead: { activityId: activity.activityId } },
  });
});

it('A2 to be tracked is no permission to be contacted', () => {
  const activity = submitted({ marketing: false, tracking: true });
  expect(activity.properties.permits).toEqual([]);
  expect(applyPerson(nobody, activity).milestones).toEqual({});
});

it('T15 a refusal of tracking is kept', () => {
  const refused = applyPerson(nobody, submitted({ tracking: false }));
  expect(refused.consent.tracking).toMatchObject({ status: 'denied' });
});
