import type { Account } from '../leads/account.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import { RequestError } from '../runtime/http.ts';
import { type EmailTemplates, type RenderedEmail, templateFor } from './email-template.ts';
import { renderFor } from './message.ts';

export interface PreviewDeps {
  readonly emails: EmailTemplates;
  readonly leads: Pick<LeadStore, 'get'>;
  readonly pepper: () => Promise<string>;
  readonly account: Account;
  readonly baseUrl: string;
}

export interface PreviewWish {
  readonly template: string;
  readonly language?: string | undefined;
  /** Address or id of a lead; left out: somebody made up. */
  readonly lead?: string | undefined;
}

/** An e-mail as one person would get it. Nothing in it is signed: none of its links acts for anybody. */
export interface Preview extends RenderedEmail {
  readonly template: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly audience: 'lead' | 'team';
  /** `null`: somebody made up. */
  readonly lead: Lead | null;
}

/** @throws RequestError 404 when there is no such e-mail, or no such lead. */
export async function previewEmail(wish: PreviewWish, deps: PreviewDeps): Promise<Preview> {
  const { account, baseUrl, emails } = deps;
  const languages = emails.filter(({ id }) => id === wish.template).map(({ language }) => language);
  if (languages.length === 0)
    throw new RequestError(404, 'unknown-email', 'The playbook has no e-mail of this name.', 'template');
  const lead = wish.lead === undefined || wish.lead === '' ? null : await leadNamed(wish.lead, deps);
  const template = templateFor(emails, wish.template, [wish.language, lead?.language ?? undefined, account.language]);
  const { language, audience } = template;
  const nowhere = `${baseUrl}/p/sample`;
  const links = { unsubscribeUrl: nowhere, preferencesUrl: nowhere };
  const rendered = renderFor({ template, lead, language, account, baseUrl, links, data: {}, sample: true });
  return { ...rendered, template: wish.template, language, languages, audience, lead };
}

/** The lead with this address or this id. @throws RequestError 404. */
export async function leadNamed(
  named: string,
  { leads, pepper }: Pick<PreviewDeps, 'leads' | 'pepper'>,
): Promise<Lead> {
  const address = named.includes('@') ? normaliseEmail(named) : null;
  const lead = await leads.get(address === null ? named : leadIdOf(address, await pepper()));
  if (!lead) throw new RequestError(404, 'unknown-lead', 'There is no lead with exactly this address or id.', 'lead');
  return lead;
}
