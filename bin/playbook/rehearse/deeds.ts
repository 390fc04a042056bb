import type { Forms } from '../../../functions/capture/form.ts';
import { activitiesOf, readAnswers } from '../../../functions/capture/submission.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { type Deed, type Persona, PersonaError } from './persona.ts';

/** What the bus gets when a persona does this: a form as the form's own door reads it, everything else as it is written. */
export function capturedOf(deed: Deed, number: number, persona: Persona, forms: Forms): readonly CapturedActivity[] {
  const occurredAt = new Date(Date.parse(persona.startsAt) + deed.after).toISOString();
  if (deed.activity === 'form.submitted') return submitted(deed, occurredAt, persona, forms);
  return [
    CapturedActivity.parse({
      activityId: `rehearsed-${number}`,
      type: deed.activity,
      occurredAt,
      source: 'tracker',
      subject: { email: persona.email },
      properties: deed.properties,
    }),
  ];
}

function submitted({ properties }: Deed, occurredAt: string, persona: Persona, { forms }: Forms) {
  const formId = String(properties.form);
  const form = forms[formId];
  if (!form) throw new PersonaError(`there is no form ${formId}: use one of ${Object.keys(forms).join(', ')}`);
  const said = { email: persona.email, name: persona.name, ...persona.attributes };
  const input = new Map<string, unknown[]>(Object.entries(said).map(([name, value]) => [name, [value]]));
  input.set('consent', [...persona.consents]);
  const read = readAnswers(form, input);
  if (read.outcome === 'refused')
    throw new PersonaError(`the form ${formId} would refuse ${read.problems.map(({ path }) => path).join(', ')}`);
  const [form1, ...rest] = activitiesOf({
    ...{ formId, form, occurredAt },
    answers: read.answers,
    language: persona.language ?? 'en',
    source: 'form',
  });
  // What a form does not ask for is known all the same: from earlier forms, or from a file.
  return [{ ...form1, attributes: { name: persona.name, ...persona.attributes, ...form1.attributes } }, ...rest];
}
