import type { Forms } from '../capture/form.ts';
import type { ReceptionStore } from '../capture/reception.store.ts';
import type { HandoffStore } from '../handoff/handoff.store.ts';
import type { Team } from '../handoff/team.ts';
import type { Account } from '../leads/account.ts';
import type { LeadStore } from '../leads/lead.store.ts';
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

/** Everything the private pages read. They change nothing. */
export interface PagesDeps {
  readonly leads: Pick<LeadStore, 'get' | 'list' | 'history' | 'statements'>;
  readonly models: Pick<ModelStore, 'get'>;
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
}

type Show = (request: HttpRequest, frame: Frame, deps: PagesDeps) => Promise<string>;

const pages: Readonly<Record<string, { readonly section: Section; readonly show: Show }>> = {
  '': { section: 'home', show: showHome },
  leads: { section: 'leads', show: showLeads },
  handoffs: { section: 'handoffs', show: showHandoffs },
  metrics: { section: 'metrics', show: showMetrics },
  connect: { section: 'connect', show: showConnect },
};

/** A private page. What cannot be found or understood is answered as a page too, since a person asked. */
export async function showPage(request: HttpRequest, deps: PagesDeps): Promise<HttpAnswer> {
  const { section, show } = pageOf(request);
  const frame = frameOf(request, section, deps);
  try {
    return page(await show(request, frame, deps));
  } catch (error) {
    if (error instanceof RequestError) return page(problemPage(frame, section, error.message), error.status);
    throw error;
  }
}

function pageOf({ path, params }: HttpRequest): { readonly section: Section; readonly show: Show } {
  if (params.leadId !== undefined) return { section: 'leads', show: showLead };
  const name = path.split('/')[1] ?? '';
  const found = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (!found) throw new RequestError(404, 'unknown-page', 'There is no such page.');
  return found;
}

function frameOf({ query, headers }: HttpRequest, section: Section, deps: PagesDeps): Frame {
  const { account, stage, playbookVersion, now } = deps;
  const wishes = { asked: query.get('lang'), accepted: headers['accept-language'], fallback: account.language };
  // Managers read the metrics in their own language; the other pages are written in English only, and say so.
  const language: Language = section === 'metrics' ? languageOf(wishes) : 'en';
  return {
    reader: { language, timeZone: account.timeZone, nowMs: now() },
    accountName: account.name,
    local: stage === 'local',
    playbookVersion,
  };
}

/** The name of each rep, by id. */
export function repNamesOf({ reps }: Team): Readonly<Record<string, string>> {
  return Object.fromEntries(reps.map(({ id, name }) => [id, name]));
}
