import { type HttpAnswer, json } from '../runtime/http.ts';
import type { Forms } from './form.ts';
import type { ReceptionStore } from './reception.store.ts';

/** `GET /api/forms`: every form of the playbook with what it last took and last refused. */
export async function readReceptions(forms: Forms, receptions: Pick<ReceptionStore, 'of'>): Promise<HttpAnswer> {
  const noted = await receptions.of(Object.keys(forms.forms));
  return json(200, {
    forms: noted.map((reception) => {
      const { title, magnet, funnelStage, doubleOptIn } = forms.forms[reception.formId] ?? {};
      return { title, magnet, funnelStage, doubleOptIn, ...reception };
    }),
  });
}
