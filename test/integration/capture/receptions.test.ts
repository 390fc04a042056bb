import { expect, it } from 'vitest';
import { noteReceived, noteRejected } from '../../../functions/capture/note-reception.ts';
import { readReceptions } from '../../../functions/capture/read-receptions.ts';
import { receptionStore } from '../../../functions/capture/reception.store.ts';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import { testTables } from '../../support/dynamodb.ts';
import { forms } from '../../support/forms.ts';
import { bodyOf } from '../../support/http.ts';

const { leads } = await testTables();
const receptions = receptionStore(leads);

function aSubmission(activityId: string, occurredAt: string, source = 'form'): CapturedActivity {
  return {
    activityId,
    type: 'form.submitted',
    occurredAt,
    source,
    subject: { email: 'ana@example.com' },
    properties: { form: 'ebook', droppedFields: 2 },
    attributes: {},
    consents: [],
    quiet: false,
  };
}

it('shows per form what came last and what was refused last, in whatever order they are noted', async () => {
  await noteReceived(aSubmission('second-one', '2026-11-02T12:01:00.000Z'), receptions);
  await noteReceived(aSubmission('first-one', '2026-11-02T12:00:00.000Z'), receptions);
  await noteReceived(aSubmission('second-one', '2026-11-02T12:01:00.000Z'), receptions);
  await noteReceived(aSubmission('imported-one', '2026-11-02T13:00:00.000Z', 'import'), receptions);
  const refused = { code: 'required', message: 'Please fill this in.', path: 'email', at: '2026-11-02T12:02:00.000Z' };
  await noteRejected({ formId: 'ebook', ...refused }, receptions);

  const { forms: shown } = Object(bodyOf(await readReceptions(forms, receptions)));
  expect(shown.map(({ formId }: { formId: string }) => formId)).toEqual(Object.keys(forms.forms));
  expect(shown[0]).toMatchObject({
    formId: 'ebook',
    magnet: 'e-book',
    lastReceived: { at: '2026-11-02T12:01:00.000Z', activityId: 'second-one', droppedFields: 2 },
    lastRejected: refused,
  });
  expect(shown[1]).toMatchObject({ formId: 'trial', lastReceived: null, lastRejected: null });
});
