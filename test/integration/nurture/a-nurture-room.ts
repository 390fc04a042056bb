import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { leadItem } from '../../../functions/leads/lead-item.ts';
import { type Key, key } from '../../../functions/leads/table.ts';
import { enrollmentStore } from '../../../functions/nurture/enrollment.store.ts';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { frequencyStore } from '../../../functions/nurture/frequency.store.ts';
import { messageFateStore } from '../../../functions/nurture/message-fate.store.ts';
import { messageLinks } from '../../../functions/nurture/message-links.ts';
import { toMime } from '../../../functions/nurture/mime.ts';
import type { ReadEnrollmentsDeps } from '../../../functions/nurture/read-enrollments.ts';
import { sendStore } from '../../../functions/nurture/send.store.ts';
import { type StepDeps, sendStep } from '../../../functions/nurture/send-step.ts';
import { sesSender } from '../../../functions/nurture/ses.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { account as ours } from '../../support/forms.ts';
import { aLead } from '../../support/lead.ts';
import { aRecorded, assets, emails, planned, sequences } from '../../support/nurture.ts';
import { aSes, onTheBus, start } from '../local/a-ses.ts';

export const sets = { tracked: 'ripen', untracked: 'ripen-untracked' };

export const keys = { current: 'k1', k1: 'a-key-for-tests-only' };

/** No hour is quiet: what holds an e-mail back has tests of its own. */
const account = { ...ours, quietHours: { from: '00:00', to: '00:00' } };

/** The nurture room on the embedded database and the local SES, with a clock that stands until it is moved. */
export async function aNurtureRoom(table: Table) {
  const ses = await aSes({
    identities: ['orchard.example'],
    configurationSets: [onTheBus(sets.tracked), onTheBus(sets.untracked, ['send', 'delivery', 'bounce', 'complaint'])],
  });
  let now = start;
  let serial = 0;
  const published: OutgoingEvent[] = [];
  const deps: StepDeps & Pick<ReadEnrollmentsDeps, 'fates'> = {
    leads: leadStore(table, account.timeZone),
    enrollments: enrollmentStore(table, account.timeZone),
    sends: sendStore(table, account.timeZone),
    fates: messageFateStore(table, account.timeZone),
    frequencies: frequencyStore(table),
    // The tests of the gate are its own.
    gate: { admit: async () => ({ outcome: 'go' }) },
    sequences: async () => sequences,
    emails: async () => emails,
    version: 'v1',
    account,
    baseUrl: 'https://mail.orchard.example',
    links: messageLinks({ baseUrl: 'https://mail.orchard.example', replyDomain: undefined }, async () =>
      JSON.stringify(keys),
    ),
    toMime,
    sendMail: sesSender(sets, ses.client),
    now: () => now,
    newToken: () => `token-${++serial}`,
  };
  const follow = {
    ...deps,
    assets,
    planned,
    publish: async (events: readonly OutgoingEvent[]) => void published.push(...events),
  };
  const item = async (Key: Key) =>
    (await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }))).Item;
  return {
    ses,
    deps,
    follow,
    published,
    item,
    /** The mails that SES took for this person, oldest first. */
    mails: (to: string) => ses.ses.inbox.list({ to }).toReversed(),
    advance: (ms: number) => {
      now += ms;
      ses.wait(ms);
    },
    /** Stores a lead of their own for this test, as the scoring room would. */
    addLead: async (leadId: string, given: Partial<Lead> = {}): Promise<Lead> => {
      const lead = aLead({ leadId, email: `${leadId}@example.com`, emailAsTyped: `${leadId}@example.com`, ...given });
      await table.client.send(new PutCommand({ TableName: table.name, Item: leadItem(lead) }));
      return lead;
    },
    /** The lead fills in the trial form. */
    submit: (leadId: string) =>
      followActivity(
        { leadId, activity: aRecorded({ occurredAt: new Date(now).toISOString() }), quiet: false },
        follow,
      ),
    knock: (leadId: string, step: number, using: StepDeps = deps) =>
      sendStep({ leadId, sequence: 'welcome', run: 'activity-1', step }, using),
    sendAt: (leadId: string, step: number) => deps.sends.get({ leadId, sequence: 'welcome', run: 'activity-1', step }),
    dueSend: (leadId: string, step: number) => item(key.due('send', `${leadId}#welcome#activity-1#${step}`)),
    dueStep: (leadId: string) => item(key.due('step', `${leadId}#welcome`)),
  };
}
