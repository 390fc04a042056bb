import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { leadsTable } from '../../../bin/simulate/leads-table.ts';
import { type Request, twinClient } from '../../../bin/simulate/twin/client.ts';
import { tableTwin } from '../../../bin/simulate/twin/table.ts';
import { receiveForm } from '../../../functions/capture/receive-form.ts';
import { addressMark } from '../../../functions/consent/address-mark.ts';
import { answerConfirm } from '../../../functions/consent/answer-confirm.ts';
import { answerPreferences } from '../../../functions/consent/answer-preferences.ts';
import { answerUnsubscribe } from '../../../functions/consent/answer-unsubscribe.ts';
import { askConfirmation, ConfirmedForms } from '../../../functions/consent/ask-confirmation.ts';
import { confirmationStore } from '../../../functions/consent/confirmation.store.ts';
import { consentStore } from '../../../functions/consent/consent.store.ts';
import { readConsent } from '../../../functions/consent/read-consent.ts';
import { suppressLead } from '../../../functions/consent/suppress-lead.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { preferencesToken, unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { addressStore } from '../../../functions/leads/address.store.ts';
import { MessageRequested } from '../../../functions/leads/bus-event.ts';
import { changeAddress } from '../../../functions/leads/change-address.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { personOf, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { account, forms } from '../../support/forms.ts';
import { aRequest } from '../../support/http.ts';
import { aScoringRoom, idOf } from '../../support/models.ts';

export const linkKeys = { current: 'k1', k1: 'a-key-for-tests-only' };
export const email = 'ana@example.com';
export const leadId = idOf(email);

/**
 * A table in memory: thousands of histories in seconds. The contract tests hold it to the engine's answers. `before` is told which items
 * a request is about, and may throw or take its time.
 */
export function aTwin(before: (items: readonly string[]) => void | Promise<void> = () => {}): Table {
  const table = tableTwin(leadsTable, { now: () => 0, lagMs: () => 0, onWritten() {} });
  const carry = async ({ items, arrive }: Request) => {
    await before(items);
    return arrive();
  };
  return { name: 'leads', client: twinClient(table, carry) };
}

/** Forms, scoring and consent on one table, with a clock that stands until it is moved and a bus that delivers at once. */
export async function aConsentRoom(table: Table) {
  const clock = { now: Date.parse('2026-03-02T12:00:00.000Z') };
  const scoring = aScoringRoom(table, clock);
  await scoring.activate('v1');
  const requested: ReturnType<typeof MessageRequested.detail.parse>[] = [];
  const requestedAt: number[] = [];
  const captured: CapturedActivity[] = [];
  const waits: number[] = [];
  const deps = {
    leads: scoring.deps.leads,
    suppressions: suppressionStore(table),
    consents: consentStore(table),
    confirmations: confirmationStore(table),
    forms: ConfirmedForms.parse(forms),
    pepper: scoring.deps.pepper,
    endWalks: async () => {},
    claimedUntil: async () => 0,
    linkKeys: async () => linkKeys,
    account,
    baseUrl: 'https://mail.orchard.example',
    language: account.language,
    wait: async (ms: number) => void waits.push(ms),
    now: () => clock.now,
  };

  /** What the bus would do with a captured activity. Once more, and it is as if once. */
  async function deliver(activity: CapturedActivity): Promise<void> {
    captured.push(activity);
    const person = await personOf(activity, scoring.deps);
    await scoreActivities([activity], person, scoring.deps);
    await suppressLead(activity, deps);
    // An address they came by later leads to them under the id they have had from the first.
    const id = (await deps.leads.get(person.slice(2)))?.leadId ?? person.slice(2);
    const row = activity.type === 'form.submitted' ? await deps.consents.activity(id, activity.activityId) : null;
    if (row) await askConfirmation(id, row, deps);
    await drain();
  }

  /** Publishes what transactions have left in the outbox. */
  async function drain(): Promise<void> {
    for (const { pk, sk, detail } of await scoring.outbox('MessageRequested')) {
      requested.push(MessageRequested.detail.parse(detail));
      requestedAt.push(clock.now);
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
    for (;;) {
      // What is delivered leaves events of its own: each is taken out before anything is done about it.
      const [next] = await scoring.outbox('ActivityCaptured');
      if (!next) return;
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk: next.pk, sk: next.sk } }));
      await deliver(CapturedActivity.parse(next.detail));
    }
  }

  const message = { leadId, sequence: 'welcome', run: 'activity-1', step: 1 };
  const tokenAsked = () =>
    String(requested.at(-1)?.data.confirmUrl ?? '')
      .split('/')
      .at(-1) ?? '';
  /** What the page's own form says, when it is shown at this moment. */
  const seenNow = () => ({ seen: new Date(clock.now).toISOString() });
  const answered = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const given = await answer;
    await drain();
    return given;
  };
  return {
    clock,
    deps,
    requested,
    requestedAt,
    captured,
    waits,
    deliver,
    drain,
    advance: (ms: number) => {
      clock.now += ms;
    },
    /** Fills in a form, as a browser does. */
    async submit(formId: string, fields: Readonly<Record<string, string>> = { consent: 'marketing' }) {
      const published: OutgoingEvent[] = [];
      const body = new URLSearchParams({ email, submission_id: `s-${clock.now}`, ...fields }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const request = aRequest({ params: { formId }, headers, body });
      const publish = async (events: readonly OutgoingEvent[]) => void published.push(...events);
      await receiveForm(request, { forms, account, publish, now: deps.now });
      for (const { detail } of published) await deliver(CapturedActivity.parse(detail));
    },
    tokenAsked,
    /** Opens or posts a confirmation link: that of the latest message, and the page as it is shown now, when nothing else is said. */
    confirm: (method: string, fields: Readonly<Record<string, string>> = seenNow(), token = tokenAsked()) => {
      const body = new URLSearchParams(fields).toString();
      return answered(answerConfirm(aRequest({ method, params: { token }, body }), deps));
    },
    preferences: (method: string, fields: Readonly<Record<string, string>> = {}, headers = {}) => {
      const params = { token: preferencesToken({ ...message, sentTo: addressMark(email, linkKeys) }, linkKeys) };
      const body = new URLSearchParams(fields).toString();
      return answered(answerPreferences(aRequest({ method, params, body, headers }), deps));
    },
    unsubscribe: (from: Partial<typeof message> = {}) => {
      const params = { token: unsubscribeToken({ ...message, ...from }, linkKeys) };
      const body = 'List-Unsubscribe=One-Click';
      return answered(answerUnsubscribe(aRequest({ params, body }), { ...deps, language: 'en' }));
    },
    /** The lead has another address from now on. */
    move: (to: string) =>
      answered(changeAddress(leadId, { email: to, author: 'Bea' }, { ...deps, addresses: addressStore(table) })),
    /** What a message says about somebody, from a door that knows. */
    feedback: (type: string, source: 'ses' | 'import', given: Partial<CapturedActivity> = {}) =>
      deliver(
        CapturedActivity.parse({
          activityId: `${type}-${source}-${clock.now}`,
          ...{ type, source, subject: { email }, occurredAt: new Date(clock.now).toISOString() },
          ...given,
        }),
      ),
    lead: () => deps.leads.get(leadId),
    view: () => readConsent(leadId, deps),
    types: async () => (await deps.leads.history(leadId)).map(({ type }) => type),
  };
}

export type ConsentRoom = Awaited<ReturnType<typeof aConsentRoom>>;
