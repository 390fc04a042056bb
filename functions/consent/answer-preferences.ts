import type { Account } from '../leads/account.ts';
import type { Purpose } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { isMarkOf } from './address-mark.ts';
import { isLifted, practice } from './consent.ts';
import { discreetPage, postedFields, seenAt } from './discreet-page.ts';
import { type PreferencesDeps, setPreferences, type Wishes } from './preferences.ts';
import { formerAddressPage, type PreferencesView, preferencesPage } from './preferences-page.ts';
import { preferencesText } from './preferences-text.ts';
import { type PreferencesLink, readPreferencesToken } from './unsubscribe-link.ts';
import { type PageLanguage, pageLanguage, unknownLinkPage } from './unsubscribe-page.ts';

export interface AnswerPreferencesDeps extends PreferencesDeps {
  readonly account: Pick<Account, 'name' | 'replyTo' | 'language' | 'languages'>;
}

/**
 * Answers `/preferences/{token}`: GET and HEAD show what stands and change nothing; POST does what the person wants, before the answer.
 * What a form does not name stays as it is; a yes counts from the page only, a no from anywhere.
 */
export async function answerPreferences(request: HttpRequest, deps: AnswerPreferencesDeps): Promise<HttpAnswer> {
  const language = pageLanguage(request.headers['accept-language'], deps.account.language);
  const keys = await deps.linkKeys();
  const link = readPreferencesToken(request.params.token ?? '', keys);
  const lead = link && (await deps.leads.get(link.leadId));
  if (!link || !lead) return discreetPage(unknownLinkPage(language), 404);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return discreetPage(
        isMarkOf(link.sentTo, lead.email, keys)
          ? preferencesPage(viewOf(lead, language, null, deps))
          : formerAddressPage(language, deps.account.name, false),
      );
    case 'POST':
      return save(request, link, lead, language, deps);
    default:
      throw new RequestError(405, 'method-not-allowed', 'Open the link with GET, or save with POST.');
  }
}

async function save(
  request: HttpRequest,
  link: PreferencesLink,
  before: Lead,
  language: PageLanguage,
  deps: AnswerPreferencesDeps,
): Promise<HttpAnswer> {
  const fields = postedFields(request);
  const wishes = wishesIn(fields, before, language, deps);
  const outcome = await setPreferences(link, wishes, deps);
  const lead = await deps.leads.get(link.leadId);
  if (outcome === 'unknown' || !lead) return discreetPage(unknownLinkPage(language), 404);
  if (!isMarkOf(link.sentTo, lead.email, await deps.linkKeys())) {
    const saysNo = Object.values(wishes.answers).includes(false);
    return discreetPage(formerAddressPage(language, deps.account.name, saysNo), saysNo ? 200 : 409);
  }
  const unread = isUnread(wishes, lead);
  const told = unread
    ? ({ tone: 'careful', text: preferencesText[language].unread } as const)
    : tellOf(wishes, lead, language, deps);
  const view = viewOf(lead, language, told, deps);
  // The language is on its way through the ledger: the page shows what was chosen.
  return discreetPage(preferencesPage({ ...view, chosen: wishes.language ?? view.chosen }), unread ? 422 : 200);
}

/** @throws RequestError 422 when an answer is neither yes nor no. */
function wishesIn(
  fields: URLSearchParams,
  lead: Lead,
  language: PageLanguage,
  { account, now }: AnswerPreferencesDeps,
): Wishes {
  const { questions } = preferencesText[language];
  const seen = {
    seenAt: seenAt(fields, now()),
    questions: {
      marketing: questions.marketing.ask,
      'sales-contact': questions['sales-contact'].ask,
      tracking: questions.tracking.ask,
    },
  };
  if (fields.has('all'))
    return { ...seen, nothingAtAll: true, answers: { marketing: false, 'sales-contact': false, tracking: false } };
  const chosen = fields.get('language') ?? '';
  return {
    ...seen,
    answers: {
      ...answerIn(fields, 'marketing'),
      ...answerIn(fields, 'sales-contact'),
      ...answerIn(fields, 'tracking'),
    },
    ...(account.languages.includes(chosen) && chosen !== (lead.language ?? account.language) && { language: chosen }),
  };
}

function answerIn(fields: URLSearchParams, purpose: string): Readonly<Record<string, boolean>> {
  const answer = fields.get(purpose);
  if (answer === null) return {};
  if (answer !== 'yes' && answer !== 'no')
    throw new RequestError(422, 'invalid-answer', `Answer ${purpose} with yes or no.`, purpose);
  return { [purpose]: answer === 'yes' };
}

/** Is there a yes that nobody has read the question of? Only our page says when it was seen: that yes was not heard. */
function isUnread({ answers, seenAt }: Wishes, lead: Lead): boolean {
  const stands = practice(lead, isLifted(lead.suppressed));
  const purposes: readonly Purpose[] = ['marketing', 'sales-contact', 'tracking'];
  return seenAt === null && purposes.some((purpose) => answers[purpose] === true && stands[purpose] !== true);
}

/** What has become of what they wanted. */
function tellOf(
  { answers, nothingAtAll }: Wishes,
  { consent, suppressed }: Lead,
  language: PageLanguage,
  { account }: AnswerPreferencesDeps,
): PreferencesView['told'] {
  const text = preferencesText[language];
  if (nothingAtAll) return { tone: 'good', text: text.goneFrom };
  if (answers.marketing && suppressed !== null && !isLifted(suppressed))
    return { tone: 'careful', text: text.blocked(account.replyTo) };
  const isHeard = answers.marketing !== true || (suppressed === null && consent.marketing?.status === 'granted');
  return isHeard ? { tone: 'good', text: text.saved } : { tone: 'careful', text: text.changedSince };
}

function viewOf(
  lead: Lead,
  language: PageLanguage,
  told: PreferencesView['told'],
  { account, now }: AnswerPreferencesDeps,
): PreferencesView {
  const { suppressed, email } = lead;
  return {
    ...{ language, email, told, account: account.name, languages: account.languages, now: now() },
    stands: practice(lead, isLifted(suppressed)),
    chosen: lead.language ?? account.language,
  };
}
