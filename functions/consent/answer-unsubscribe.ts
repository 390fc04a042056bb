import type { LinkKeys } from '../leads/link-token.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { discreetPage } from './discreet-page.ts';
import { type UnsubscribeDeps, unsubscribe } from './unsubscribe.ts';
import { isColleague, readUnsubscribeToken } from './unsubscribe-link.ts';
import { askColleaguePage, askPage, donePage, pageLanguage, unknownLinkPage } from './unsubscribe-page.ts';

export interface AnswerDeps extends UnsubscribeDeps {
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly language: string;
}

/**
 * Answers `/u/{token}`: GET and HEAD show a page and change nothing, since scanners follow every link; POST unsubscribes, from the
 * page's button and from a mailbox provider's one click (RFC 8058) alike: no cookie, no sign-in, no redirect.
 */
export async function answerUnsubscribe(request: HttpRequest, deps: AnswerDeps): Promise<HttpAnswer> {
  const language = pageLanguage(request.headers['accept-language'], deps.language);
  const link = readUnsubscribeToken(request.params.token ?? '', await deps.linkKeys());
  if (!link) return discreetPage(unknownLinkPage(language), 404);
  const email = (await deps.leads.get(link.leadId))?.email ?? null;
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return discreetPage(isColleague(link.leadId) ? askColleaguePage(language) : askPage(language, email));
    case 'POST':
      await unsubscribe(link, isOneClick(request.body) ? 'one-click' : 'page', deps);
      return discreetPage(donePage(language, email));
    default:
      throw new RequestError(405, 'method-not-allowed', 'Open the link with GET, or unsubscribe with POST.');
  }
}

/** Form-encoded or multipart, as RFC 8058 §3.2 allows. Only the evidence differs: any POST unsubscribes. */
function isOneClick(body: Buffer): boolean {
  const text = body.subarray(0, 2_000).toString('latin1');
  return text.includes('List-Unsubscribe=One-Click') || /name="?List-Unsubscribe"?\s+One-Click/.test(text);
}
