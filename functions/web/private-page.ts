import type { Account } from '../leads/account.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import type { SendingSwitchStore } from '../nurture/sending-switch.store.ts';
import { type HttpAnswer, type HttpRequest, page, RequestError } from '../runtime/http.ts';
import { languageOf } from './language.ts';
import { languageCookie, rememberedLanguage } from './language-cookie.ts';
import { problemPage } from './problem-page.ts';
import type { Frame, Section } from './shell.ts';

/** What every private page stands in is read from these. */
export interface FrameDeps {
  readonly reviews: Pick<ReviewStore, 'list'>;
  readonly sendingSwitch: Pick<SendingSwitchStore, 'get'>;
  readonly account: Account;
  readonly playbookVersion: string;
  readonly stage: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A page for the team: the whole of it as text, or an answer of its own where it is no page of the usual frame. */
export interface PrivatePage<Deps> {
  readonly section: Section;
  readonly show: (request: HttpRequest, frame: Frame, deps: Deps) => Promise<string | HttpAnswer>;
}

/** Answers with a private page. What cannot be found or understood is answered as a page too, since a person asked. */
export async function answerPage<Deps extends FrameDeps>(
  request: HttpRequest,
  found: PrivatePage<Deps>,
  deps: Deps,
): Promise<HttpAnswer> {
  const frame = await frameOf(request, deps);
  // Who chooses a language on one page reads the others in it, too.
  const chosen = request.query.has('lang') && languageCookie(frame.reader.language, { isLocal: frame.local });
  try {
    const shown = await found.show(request, frame, deps);
    return typeof shown === 'string' ? page(shown, 200, chosen ? { 'set-cookie': chosen } : {}) : shown;
  } catch (error) {
    if (error instanceof RequestError) return page(problemPage(frame, found.section, error.message), error.status);
    throw error;
  }
}

async function frameOf(
  request: HttpRequest,
  { account, stage, playbookVersion, reviews, sendingSwitch, now }: FrameDeps,
): Promise<Frame> {
  const asked = request.query.get('lang') ?? rememberedLanguage(request);
  const accepted = request.headers['accept-language'];
  const language = languageOf({ asked, accepted, fallback: account.language });
  const [{ items }, { paused }] = await Promise.all([reviews.list(1), sendingSwitch.get()]);
  return {
    reader: { language, timeZone: account.timeZone, nowMs: now() },
    accountName: account.name,
    local: stage === 'local',
    playbookVersion,
    toReview: items.length > 0,
    paused,
  };
}
