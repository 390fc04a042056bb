import type { Account } from '../leads/account.ts';
import type { Lead } from '../leads/lead.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { isMarkOf } from './address-mark.ts';
import { type ConfirmDeps, confirm } from './confirm.ts';
import { readConfirmToken } from './confirm-link.ts';
import { blockedPage, type ConfirmView, confirmedPage, confirmPage } from './confirm-page.ts';
import { discreetPage, postedFields, seenAt } from './discreet-page.ts';
import { pageLanguage, unknownLinkPage } from './unsubscribe-page.ts';

export interface AnswerConfirmDeps extends ConfirmDeps {
  readonly leads: { get(leadId: string): Promise<Lead | null> };
  readonly account: Pick<Account, 'name' | 'replyTo' | 'language'>;
}

/**
 * Answers `/confirm/{token}`: GET and HEAD show a page and change nothing, since scanners follow every link; POST, by the page's
 * button, is the person's yes. A POST that does not come from the page is nobody's.
 */
export async function answerConfirm(request: HttpRequest, deps: AnswerConfirmDeps): Promise<HttpAnswer> {
  const { name, replyTo } = deps.account;
  const language = pageLanguage(request.headers['accept-language'], deps.account.language);
  const keys = await deps.linkKeys();
  const link = readConfirmToken(request.params.token ?? '', keys);
  const lead = link && (await deps.leads.get(link.leadId));
  // Who has the mailbox that was theirs before neither answers for them nor hears where they are now.
  if (!link || !lead || !isMarkOf(link.sentTo, lead.email, keys)) return discreetPage(unknownLinkPage(language), 404);
  const now = deps.now();
  const hasUnsubscribed = lead.suppressed?.reason === 'unsubscribe';
  const view = { language, email: lead.email, account: name, replyTo, now, hasUnsubscribed };
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return discreetPage(confirmPage(view));
    case 'POST': {
      const seen = seenAt(postedFields(request), now);
      // Only the button of our page says when the page was seen: whatever posts to a bare link has read nothing.
      if (seen === null) return discreetPage(confirmPage({ ...view, isUnread: true }), 422);
      return answerYes(await confirm(link, seen, deps), view);
    }
    default:
      throw new RequestError(405, 'method-not-allowed', 'Open the link with GET, or confirm with POST.');
  }
}

function answerYes(outcome: Awaited<ReturnType<typeof confirm>>, view: ConfirmView): HttpAnswer {
  switch (outcome) {
    case 'granted':
      return discreetPage(confirmedPage(view));
    case 'blocked':
      return discreetPage(blockedPage(view));
    case 'unsubscribed-since':
      return discreetPage(confirmPage({ ...view, hasUnsubscribed: true }), 409);
    case 'unknown':
      return discreetPage(unknownLinkPage(view.language), 404);
  }
}
