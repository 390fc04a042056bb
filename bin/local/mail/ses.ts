import type { DatabaseSync } from 'node:sqlite';
import type { BusEvent } from '../events/bus.ts';
import { type Inbox, openInbox } from '../inbox/inbox.ts';
import { inboxRoutes, type LocalRoute } from '../inbox/inbox-routes.ts';
import type { ConfigurationSetSpec } from '../template/blueprint-mail.ts';
import type { Clock } from '../time/clock.ts';
import type { Inbound } from './inbound.ts';
import { bareAddresses, headerOf, type Mail, type MailContent, readMail } from './mail.ts';
import { deliveryEvents } from './mail-events.ts';
import { type MessageInsights, messageInsights } from './message-insights.ts';
import { rawSubmission, type Submission, sendQuotaXml, sendStatisticsXml, simpleSubmission } from './ses-actions.ts';
import { openDestinations, tell } from './ses-destinations.ts';
import type { Home } from './ses-events.ts';
import { checkConfigurationSet, checkEnvelope, checkQuota, checkSenders, messageTags } from './ses-rules.ts';
import { copies, openSesSettings, type SendQuota, type SesSettings } from './ses-settings.ts';
import { openSesStore, type StoredEvent } from './ses-store.ts';
import { answerXml, errorXml, type QueryParameters, readQuery, SesError, sesId, type WireAnswer } from './ses-wire.ts';

const dayMs = 86_400_000;

export interface SesDeps {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  /** Puts an event on the default bus; durable when it returns, or with the transaction it is called in. */
  emit(event: BusEvent): void;
  /** Publishes to a topic; durable as `emit` is. */
  publish(topicArn: string, message: string): void;
  readonly configurationSets: readonly ConfigurationSetSpec[];
  /** Where the inbox hands in what its readers answer. */
  readonly inbound: Inbound;
  /** Verified senders: addresses, or domains with everything below them. */
  readonly identities: readonly string[];
  newId(): string;
  /** Where this runner answers, e.g. `http://127.0.0.1:3000`. */
  baseUrl(): string;
  /** Does `work` and resolves once what it stored is on the disk; together with others, to wait for the disk once. */
  write?<T>(work: () => T): Promise<T>;
  /** The quota of a data folder that has none yet; default a large one. */
  readonly quota?: SendQuota;
  /** In [0, 1): what the weather is decided by. */
  readonly random?: () => number;
  readonly account?: string;
  readonly region?: string;
}

export interface Ses {
  /**
   * Answers one SES v1 Query call: form-encoded in, XML out. An accepted message is durable before the answer; in bad weather
   * the answer is `lost`, and nobody may be told it.
   */
  handle(request: { readonly body: string }): Promise<WireAnswer | 'lost'>;
  /** Answers GetMessageInsights of SES v2: what is known of a message, whatever was lost on the way; null for an unknown id. */
  insights(messageId: string): MessageInsights | null;
  readonly settings: SesSettings;
  /** Deletes the mail to and about a lead: what an erasure leaves nothing of. */
  forget(leadId: string): number;
  /** Every accepted message, and what happened to it. */
  readonly inbox: Inbox;
  /** Answers `/_local/inbox…` and `POST /_local/ses-events`; null for every other path. */
  readonly route: LocalRoute;
  /** Emits what a crash or a failing bus left behind: call it at start, and while settling. */
  drain(): void;
  /** Events kept and not yet on the bus. */
  pending(): number;
}

/** SES as the pipeline sees it: takes mail, keeps all of it for good, and reports what becomes of it. */
export function openSes(deps: SesDeps): Ses {
  const store = openSesStore(deps.db);
  const home: Home = { account: deps.account ?? '000000000000', region: deps.region ?? 'us-east-1' };
  const settings = openSesSettings(deps.db, deps.quota);
  const random = deps.random ?? Math.random;
  const now = () => deps.clock.now();
  const drain = () =>
    store.drain((to, event) => {
      for (let left = copies(to, settings.weather, random); left > 0; left -= 1) tell(to, event, deps);
    });
  const write = deps.write ?? (async (work) => work());
  const { toStore, tracks } = openDestinations(deps.configurationSets, { home, newId: () => deps.newId() });
  const inbox = openInbox({
    store,
    now,
    tracks,
    happened: (mail, events) => {
      store.add(events.map((event) => toStore(mail, event)));
      drain();
    },
  });

  const submit = async (submission: Submission) => {
    const { content, destinations } = await checked(submission, deps.identities, home.region);
    const messageId = await write(() => {
      const accepted = accept(submission, content, destinations);
      emitOrKeep(drain);
      return accepted;
    });
    return `<MessageId>${messageId}</MessageId>`;
  };
  // From here to the commit nothing waits, so two calls cannot both take the last place under a quota.
  const accept = (submission: Submission, content: MailContent, destinations: readonly string[]): string => {
    const configurationSet = submission.configurationSet ?? headerOf(content, 'x-ses-configuration-set');
    checkConfigurationSet(configurationSet, deps.configurationSets);
    const tags = messageTags(submission.tags, content);
    const acceptedAt = now();
    checkQuota(settings.quota, destinations.length, (spanMs) => store.sentSince(acceptedAt - spanMs));
    const messageId = sesId(acceptedAt, deps.newId());
    const { operation } = submission;
    const mail: Mail = { ...content, messageId, acceptedAt, destinations, tags, configurationSet, operation };
    store.accept(
      mail,
      deliveryEvents(mail).map((event) => toStore(mail, event)),
    );
    return messageId;
  };

  const actions = new Map<string, (query: QueryParameters) => string | Promise<string>>([
    ['SendEmail', async (query) => submit(await simpleSubmission(query))],
    ['SendRawEmail', (query) => submit(rawSubmission(query))],
    ['GetSendQuota', () => sendQuotaXml(settings.quota, store.sentSince(now() - dayMs))],
    ['GetSendStatistics', () => sendStatisticsXml(store.statistics(now() - 14 * dayMs))],
    ['GetAccountSendingEnabled', () => '<Enabled>true</Enabled>'],
  ]);
  const put = (events: readonly StoredEvent[]) => {
    store.add(events);
    drain();
  };
  return {
    async handle({ body }) {
      const query = readQuery(body);
      const answered = await answer(query, actions, deps.newId());
      const isSending = query.get('Action')?.startsWith('Send') === true;
      return isSending && random() < settings.weather.loseResponse ? 'lost' : answered;
    },
    insights(messageId) {
      const mail = store.get(messageId);
      return mail && messageInsights(mail, store.events(messageId));
    },
    settings,
    forget: store.forget,
    inbox,
    route: inboxRoutes({
      inbox,
      inbound: deps.inbound,
      put,
      home,
      now,
      newId: () => deps.newId(),
      baseUrl: () => deps.baseUrl(),
    }),
    drain,
    pending: store.pending,
  };
}

async function answer(
  query: QueryParameters,
  actions: ReadonlyMap<string, (query: QueryParameters) => string | Promise<string>>,
  requestId: string,
): Promise<WireAnswer> {
  const action = query.get('Action') ?? '';
  const run = actions.get(action);
  try {
    if (run !== undefined) return answerXml(action, await run(query), requestId);
    const known = [...actions.keys()].join(', ');
    throw new SesError('InvalidAction', `Could not find operation ${action}: the local SES knows ${known}.`);
  } catch (error) {
    if (error instanceof SesError) return errorXml(error, requestId);
    throw error;
  }
}

/** Reads the message, settles who gets it, and refuses what SES would refuse without looking at the account. */
async function checked({ raw, recipients, envelopeFrom }: Submission, identities: readonly string[], region: string) {
  const content = await readMail(raw).catch((error: unknown) => {
    throw new SesError('InvalidParameterValue', `The message cannot be read: ${String(error)}`);
  });
  const named = [...content.to, ...content.cc, ...content.bcc];
  const destinations = [...new Set(recipients.length > 0 ? recipients.flatMap(bareAddresses) : named)];
  checkEnvelope(raw, content, destinations);
  const returnPath = headerOf(content, 'return-path') ?? '';
  checkSenders([...content.senders, ...bareAddresses(`${envelopeFrom ?? ''},${returnPath}`)], identities, region);
  const seen = new Set([...content.to, ...content.cc, ...content.bcc]);
  const bcc = [...content.bcc, ...destinations.filter((address) => !seen.has(address))];
  return { content: { ...content, bcc }, destinations };
}

/** The message is accepted, so its sender must hear so: a bus that fails now gets the events at the next drain. */
function emitOrKeep(drain: () => void): void {
  try {
    drain();
  } catch (error) {
    console.error(`SES keeps its events for the next try: ${String(error)}`);
  }
}
