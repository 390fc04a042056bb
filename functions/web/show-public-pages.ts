import { type Forms, formOf } from '../capture/form.ts';
import type { Account } from '../leads/account.ts';
import { type HttpAnswer, type HttpRequest, json, page, RequestError } from '../runtime/http.ts';
import { assetPage } from './asset-page.ts';
import { landingPage } from './landing-page.ts';
import { languageOf } from './language.ts';
import { machinesPage } from './machines-page.ts';
import { missingPage } from './missing-page.ts';
import { pricingPage } from './pricing-page.ts';
import { answerFile, type PublicFile } from './public-file.ts';
import { thanksPage } from './thanks-page.ts';
import type { Site } from './visitor-layout.ts';

/** Everything the public pages show is in the bundle: this door reads nothing and knows nobody. */
export interface PublicPagesDeps {
  readonly account: Account;
  readonly forms: Forms;
  /** By path. */
  readonly files: ReadonlyMap<string, PublicFile>;
  readonly baseUrl: string;
  readonly version: string;
  readonly playbookVersion: string;
}

/** A landing page, a thank-you page, what a form promised, a file that pages need, or that we are well. */
export async function showPublicPage(request: HttpRequest, deps: PublicPagesDeps): Promise<HttpAnswer> {
  const { path, params } = request;
  if (params.page !== undefined) return showVisitorPage(params.page, request, deps);
  if (path === '/health') return json(200, { status: 'ok', version: deps.version, playbook: deps.playbookVersion });
  const file = deps.files.get(path);
  if (!file) throw new RequestError(404, 'unknown-file', 'There is no such file.');
  return answerFile(file, request);
}

function showVisitorPage(name: string, { query, headers }: HttpRequest, deps: PublicPagesDeps): HttpAnswer {
  const { account, forms, baseUrl } = deps;
  const site: Site = {
    language: languageOf({
      asked: query.get('lang'),
      accepted: headers['accept-language'],
      fallback: account.language,
    }),
    accountName: account.name,
    postalAddress: account.postalAddress,
    baseUrl,
    writeKey: forms.writeKeys[0] ?? '',
  };
  return visitorPageNamed(name, query, site, forms) ?? page(missingPage(site), 404);
}

/** `/p/<form>`, `/p/your-<form>`, `/p/thank-you?form=<form>`, `/p/pricing`, `/p/machines`. */
function visitorPageNamed(name: string, query: URLSearchParams, site: Site, forms: Forms): HttpAnswer | null {
  if (name === 'pricing') return page(pricingPage(site));
  if (name === 'machines') return page(machinesPage(site));
  if (name === 'thank-you') {
    const formId = query.get('form') ?? '';
    const form = formOf(forms, formId);
    return page(thanksPage({ site, ...(form && { formId, form }) }));
  }
  const form = formOf(forms, name);
  if (form) return page(landingPage({ site, formId: name, form }));
  const promisedBy = name.startsWith('your-') ? name.slice('your-'.length) : '';
  const promising = formOf(forms, promisedBy);
  return promising ? page(assetPage({ site, formId: promisedBy, form: promising })) : null;
}
