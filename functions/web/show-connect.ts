import type { Reception } from '../capture/reception.store.ts';
import type { HttpRequest } from '../runtime/http.ts';
import { type ConnectedForm, connectPage } from './connect-page.ts';
import type { Frame } from './shell.ts';
import type { PagesDeps } from './show-pages.ts';

export async function showConnect({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const { forms, receptions, baseUrl, now } = deps;
  const noted = await receptions.of(Object.keys(forms.forms));
  return connectPage({
    frame,
    forms: noted.flatMap((reception) => connected(reception, deps)),
    baseUrl,
    writeKey: forms.writeKeys[0] ?? '',
    openForm: query.get('form') ?? undefined,
    // A person of its own per look at the page: pressing twice is one submission, coming back tomorrow another.
    testTag: now().toString(36),
  });
}

function connected(reception: Reception, { forms }: PagesDeps): ConnectedForm[] {
  const form = forms.forms[reception.formId];
  return form ? [{ formId: reception.formId, form, reception }] : [];
}
