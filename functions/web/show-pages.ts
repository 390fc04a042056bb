import type { Forms } from '../capture/form.ts';
import type { ReceptionStore } from '../capture/reception.store.ts';
import type { HandoffStore } from '../handoff/handoff.store.ts';
import type { Team } from '../handoff/team.ts';
import type { Account } from '../leads/account.ts';
import type { ActivationStore } from '../leads/activation.store.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import type { MetricSettings } from '../metrics/metric.ts';
import type { SnapshotStore } from '../metrics/snapshot.store.ts';
import type { EnrollmentStore } from '../nurture/enrollment.store.ts';
import type { SendStore } from '../nurture/send.store.ts';
import { type HttpAnswer, type HttpRequest, page, RequestError } from '../runtime/http.ts';
import type { ModelStore } from '../scoring/model.store.ts';
import type { ScoringModel } from '../scoring/scoring-model.ts';
import { type Language, languageOf } from './language.ts';
import { problemPage } from './problem-page.ts';
import type { Frame, Section } from './shell.ts';
import { showConnect } from './show-connect.ts';
import { showHandoffs } from './show-handoffs.ts';
import { showHome } from './show-home.ts';
import { showLead, showLeads } from './show-leads.ts';
import { showMetrics } from './show-metrics.ts';
import { showReview } from './show-review.ts';

/** Everything the private pages read. They change nothing. */
export interface PagesDeps {
  readonly leads: Pick<LeadStore, 'get' | 'known' | 'list' | 'history' | 'statements'>;
  readonly models: Pick<ModelStore, 'get'>;
  readonly reviews: Pick<ReviewStore, 'get' | 'list'>;
  readonly activations: Pick<ActivationStore, 'get'>;
  readonly handoffs: Pick<HandoffStore, 'get' | 'list'>;
  readonly enrollments: Pick<EnrollmentStore, 'list'>;
  readonly sends: Pick<SendStore, 'list'>;
  readonly receptions: Pick<ReceptionStore, 'of'>;
  readonly snapshots: Pick<SnapshotStore, 'latest' | 'days'>;
  readonly pepper: () => Promise<string>;
  readonly account: Account;
  readonly forms: Forms;
  readonly model: ScoringModel;
  readonly team: Team;
  readonly settings: MetricSettings;
  readonly playbookVersion: string;
  readonly stage: string;
  readonly baseUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

type Show = (request: HttpRequest, frame: Frame, deps: PagesDeps) => Promise<string>;

interface PrivatePage {
  readonly section: Section;
  readonly show: Show;
  /** Is it written in the reader's own language? The others are in English only, and say so. */
  readonly isTranslated?: boolean;
}

const pages: Readonly<Record<string, PrivatePage>> = {
  '': { section: 'home', show: showHome },
  leads: { section: 'leads', show: showLeads },
  handoffs: { section: 'handoffs', show: showHandoffs },
  review: { section: 'review', show: showReview },
  metrics: { section: 'metrics', show: showMetrics, isTranslated: true },
  connect: { section: 'connect', show: showConnect },
};

const leadPage: PrivatePage = { section: 'leads', show: showLead, isTranslated: true };

/** A private page. What cannot be found or understood is answered as a page too, since a person asked. */
export async function showPage(request: HttpRequest, deps: PagesDeps): Promise<HttpAnswer> {
  const found = pageOf(request);
  const { section, show } = found;
  const frame = await frameOf(request, found, deps);
  try {
    return page(await show(request, frame, deps));
  } catch (error) {
    if (error instanceof RequestError) return page(problemPage(frame, section, error.message), error.status);
    throw error;
  }
}

function pageOf({ path, params }: HttpRequest): PrivatePage {
  if (params.leadId !== undefined) return leadPage;
  const name = path.split('/')[1] ?? '';
  const found = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (!found) throw new RequestError(404, 'unknown-page', 'There is no such page.');
  return found;
}

async function frameOf(
  { query, headers }: HttpRequest,
  { isTranslated = false }: PrivatePage,
  { account, stage, playbookVersion, reviews, now }: PagesDeps,
): Promise<Frame> {
  const wishes = { asked: query.get('lang'), accepted: headers['accept-language'], fallback: account.language };
  const language: Language = isTranslated ? languageOf(wishes) : 'en';
  const { items } = await reviews.list(1);
  return {
    reader: { language, timeZone: account.timeZone, nowMs: now() },
    accountName: account.name,
    local: stage === 'local',
    playbookVersion,
    toReview: items.length > 0,
  };
}

/** The name of each rep, by id. */
export function repNamesOf({ reps }: Team): Readonly<Record<string, string>> {
  return Object.fromEntries(reps.map(({ id, name }) => [id, name]));
}
