import { receptionStore } from '../capture/reception.store.ts';
import { consentStore } from '../consent/consent.store.ts';
import { handoffStore } from '../handoff/handoff.store.ts';
import { silencedIn } from '../handoff/silenced.ts';
import { taskStore } from '../handoff/task.store.ts';
import { activationStore } from '../leads/activation.store.ts';
import { leadStore } from '../leads/lead.store.ts';
import { reviewStore } from '../leads/review.store.ts';
import { snapshotStore } from '../metrics/snapshot.store.ts';
import { enrollmentStore } from '../nurture/enrollment.store.ts';
import { messageFateStore } from '../nurture/message-fate.store.ts';
import { reconciliationStore } from '../nurture/reconciliation.store.ts';
import { reputationStore } from '../nurture/reputation.store.ts';
import { sendStore } from '../nurture/send.store.ts';
import { sendingQuotaStore } from '../nurture/sending-quota.store.ts';
import { sendingSwitchStore } from '../nurture/sending-switch.store.ts';
import { silenceStore } from '../nurture/silence.store.ts';
import { troubleStore } from '../nurture/trouble.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { modelStore } from '../scoring/model.store.ts';
import type { PagesDeps } from './show-pages.ts';

type Stores = Pick<
  PagesDeps,
  | 'leads'
  | 'models'
  | 'consents'
  | 'reviews'
  | 'activations'
  | 'handoffs'
  | 'silenced'
  | 'tasks'
  | 'enrollments'
  | 'sends'
  | 'sendingSwitch'
  | 'sendingQuotas'
  | 'silences'
  | 'trouble'
  | 'reputation'
  | 'fates'
  | 'reconciliations'
  | 'receptions'
  | 'snapshots'
>;

/** The rooms' own stores, for reading. */
export function pagesStores(leads: Table, metrics: Table, timeZone: string): Stores {
  return {
    leads: leadStore(leads, timeZone),
    models: modelStore(leads),
    consents: consentStore(leads),
    reviews: reviewStore(leads),
    activations: activationStore(leads),
    handoffs: handoffStore(leads, timeZone),
    silenced: silencedIn(leads),
    tasks: taskStore(leads),
    enrollments: enrollmentStore(leads, timeZone),
    sends: sendStore(leads, timeZone),
    fates: messageFateStore(leads, timeZone),
    reconciliations: reconciliationStore(leads),
    sendingSwitch: sendingSwitchStore(leads),
    sendingQuotas: sendingQuotaStore(leads),
    silences: silenceStore(leads),
    trouble: troubleStore(leads),
    reputation: reputationStore(metrics),
    receptions: receptionStore(leads),
    snapshots: snapshotStore(metrics),
  };
}
