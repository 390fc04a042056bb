import type { Forms } from '../capture/form.ts';
import type { ReceptionStore } from '../capture/reception.store.ts';
import type { ConsentStore } from '../consent/consent.store.ts';
import type { HandoffStore } from '../handoff/handoff.store.ts';
import type { TaskStore } from '../handoff/task.store.ts';
import type { Team } from '../handoff/team.ts';
import type { Account } from '../leads/account.ts';
import type { ActivationStore } from '../leads/activation.store.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import type { MetricSettings } from '../metrics/metric.ts';
import type { SnapshotStore } from '../metrics/snapshot.store.ts';
import type { EnrollmentStore } from '../nurture/enrollment.store.ts';
import type { MessageFateStore } from '../nurture/message-fate.store.ts';
import type { ReconciliationStore } from '../nurture/reconciliation.store.ts';
import type { ReputationStore } from '../nurture/reputation.store.ts';
import type { SendStore } from '../nurture/send.store.ts';
import type { SendingQuotaStore } from '../nurture/sending-quota.store.ts';
import type { SendingSwitchStore } from '../nurture/sending-switch.store.ts';
import type { SilenceStore } from '../nurture/silence.store.ts';
import type { TroubleStore } from '../nurture/trouble.store.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import type { ModelStore } from '../scoring/model.store.ts';
import type { ScoringModel } from '../scoring/scoring-model.ts';
import { answerPage, type PrivatePage } from './private-page.ts';
import type { SequenceNames } from './sequence-name.ts';
import { showConnect } from './show-connect.ts';
import { showHandoff } from './show-handoff.ts';
import { showHandoffs } from './show-handoffs.ts';
import { showHome } from './show-home.ts';
import { showLead, showLeads } from './show-leads.ts';
import { showMetrics } from './show-metrics.ts';
import { showReview } from './show-review.ts';
import { showSending } from './show-sending.ts';
import { showTeam } from './show-team.ts';

/** Everything the private pages read. They change nothing. */
export interface PagesDeps {
  readonly leads: Pick<LeadStore, 'get' | 'known' | 'list' | 'history' | 'statements'>;
  readonly models: Pick<ModelStore, 'get'>;
  readonly consents: Pick<ConsentStore, 'evidence'>;
  readonly reviews: Pick<ReviewStore, 'get' | 'list'>;
  readonly activations: Pick<ActivationStore, 'get'>;
  readonly handoffs: Pick<HandoffStore, 'get' | 'list' | 'roster' | 'records'>;
  /** Which of these mailboxes have stopped our notices. */
  readonly silenced: (emails: readonly string[]) => Promise<readonly string[]>;
  readonly tasks: Pick<TaskStore, 'list' | 'ofLead'>;
  readonly enrollments: Pick<EnrollmentStore, 'list'>;
  readonly sends: Pick<SendStore, 'list'>;
  readonly sendingSwitch: Pick<SendingSwitchStore, 'get' | 'changes'>;
  readonly sendingQuotas: Pick<SendingQuotaStore, 'get'>;
  readonly silences: Pick<SilenceStore, 'among'>;
  readonly trouble: TroubleStore;
  readonly reputation: ReputationStore;
  readonly fates: Pick<MessageFateStore, 'list' | 'unsettled'>;
  readonly reconciliations: Pick<ReconciliationStore, 'get'>;
  readonly receptions: Pick<ReceptionStore, 'of'>;
  readonly snapshots: Pick<SnapshotStore, 'latest' | 'days'>;
  readonly pepper: () => Promise<string>;
  readonly account: Account;
  readonly forms: Forms;
  readonly model: ScoringModel;
  readonly team: Team;
  readonly settings: MetricSettings;
  readonly sequenceNames: SequenceNames;
  readonly playbookVersion: string;
  readonly stage: string;
  readonly baseUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

const pages: Readonly<Record<string, PrivatePage<PagesDeps>>> = {
  '': { section: 'home', show: showHome },
  leads: { section: 'leads', show: showLeads },
  handoffs: { section: 'handoffs', show: showHandoffs },
  team: { section: 'handoffs', show: showTeam },
  review: { section: 'review', show: showReview },
  sending: { section: 'sending', show: showSending },
  metrics: { section: 'metrics', show: showMetrics },
  connect: { section: 'connect', show: showConnect },
};

const leadPage: PrivatePage<PagesDeps> = { section: 'leads', show: showLead };
const handoffPage: PrivatePage<PagesDeps> = { section: 'handoffs', show: showHandoff };

/** A private page. */
export async function showPage(request: HttpRequest, deps: PagesDeps): Promise<HttpAnswer> {
  return answerPage(request, pageOf(request), deps);
}

function pageOf({ path, params }: HttpRequest): PrivatePage<PagesDeps> {
  if (params.leadId !== undefined) return leadPage;
  if (params.id !== undefined) return handoffPage;
  const name = path.split('/')[1] ?? '';
  const found = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (!found) throw new RequestError(404, 'unknown-page', 'There is no such page.');
  return found;
}

/** The name of each rep and of the manager, by id. */
export function repNamesOf({ reps, manager }: Team): Readonly<Record<string, string>> {
  return Object.fromEntries([...reps, manager].map(({ id, name }) => [id, name]));
}
