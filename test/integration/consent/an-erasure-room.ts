import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type EraseDeps, eraseLead, finishErasure } from '../../../functions/consent/erase-lead.ts';
import { erasureStore } from '../../../functions/consent/erasure.store.ts';
import { erasureVisitorStore } from '../../../functions/consent/erasure-visitor.store.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import { addressStore } from '../../../functions/leads/address.store.ts';
import { changeAddress } from '../../../functions/leads/change-address.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { DayRow } from '../../../functions/metrics/day-row.ts';
import { type DayCounts, foldDay } from '../../../functions/metrics/fold-day.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { personOf, type ScoringDeps, scoreActivities } from '../../../functions/scoring/score-activities.ts';
import { aScoringRoom } from '../../support/models.ts';
import { anActivity } from '../../support/scoring.ts';

type Item = Record<string, unknown>;

/** Scoring and erasure on one table, with a clock that stands until it is moved. */
export async function anErasureRoom(table: Table) {
  const clock = { now: Date.parse('2026-03-10T13:00:00.000Z') };
  const scoring = aScoringRoom(table, clock);
  await scoring.activate('v1');
  const waited: number[] = [];
  let mask = 0;
  const depsOn = (one: Table): EraseDeps => ({
    erasures: erasureStore(one),
    visitors: erasureVisitorStore(one),
    pepper: scoring.deps.pepper,
    claimedUntil: async () => 0,
    wait: async (ms) => void waited.push(ms),
    hasTime: () => true,
    newMask: () => `mask-${++mask}`,
    now: () => clock.now,
  });
  const deps = depsOn(table);
  /** Every item of the table, as text: what is packed is unpacked. */
  const items = async (): Promise<readonly Item[]> => {
    const found: Item[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await table.client.send(new ScanCommand({ TableName: table.name, ExclusiveStartKey }));
      found.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };
  return {
    clock,
    scoring,
    deps,
    depsOn,
    waited,
    items,
    erase: (id: string, using = deps) => eraseLead(id, using),
    look: (leadId: string, look = 1, using = deps) => finishErasure(leadId, look, using),
    suppressions: suppressionStore(table),
    score: (...captured: readonly CapturedActivity[]) => scoreWith(scoring.deps, ...captured),
    scoreWith,
    changeAddress: (leadId: string, email: string) =>
      changeAddress(
        leadId,
        { email, author: 'Rita' },
        { ...scoring.deps, addresses: addressStore(table), suppressions },
      ),
    /** Everything that is stored, whatever it is packed in. */
    async text(): Promise<string> {
      return JSON.stringify(
        (await items()).map((item) => (item.kind === 'lead' ? { ...item, ...leadOf(item) } : item)),
      );
    },
    /** What every day counts. */
    async figures() {
      const counting = (await items()).filter(({ dayPk }) => dayPk !== undefined);
      const days = Map.groupBy(counting, ({ dayPk }) => String(dayPk).split('#')[1] ?? '');
      const counted = [...days]
        .sort()
        .map(([day, rows]): [string, DayCounts] => [day, foldDay(rows.map((row) => DayRow.parse(row)))]);
      return Object.fromEntries(counted);
    },
  };
}

const suppressions = { get: async () => null, suppress: async () => 'unchanged' as const };

async function scoreWith(deps: ScoringDeps, ...captured: readonly CapturedActivity[]): Promise<void> {
  for (const one of captured) await scoreActivities([one], await personOf(one, deps), deps);
}

/** A person with a bit of everything: a browser of their own, forms, mail, a call to sales. */
export function aLifeOf(email: string, visitor: string): readonly CapturedActivity[] {
  const on = (day: number, hour = 12) =>
    `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const subject = { email, emailAsTyped: email };
  const origin = { channel: 'paid', campaign: 'spring', source: 'google', landingPage: 'https://orchard.example/ana' };
  const consents = [{ purpose: 'marketing' as const, status: 'granted' as const, evidence: 'ticked', wording: 'sha' }];
  const mail = (type: string, day: number, hour: number, properties: Record<string, string> = {}) =>
    anActivity(type, {
      ...{ source: 'ses', subject, occurredAt: on(day, hour) },
      properties: { messageId: `message-of-${email}`, userAgent: 'Ana’s phone', ...properties },
    });
  return [
    anActivity('page.viewed', {
      source: 'tracker',
      subject: { anonymousId: visitor },
      occurredAt: on(1),
      properties: { path: '/ana' },
    }),
    anActivity('page.viewed', {
      source: 'tracker',
      subject: { anonymousId: visitor },
      occurredAt: on(2),
      properties: { path: '/pricing' },
    }),
    anActivity('form.submitted', {
      ...{ subject: { ...subject, anonymousId: visitor }, occurredAt: on(2, 13), origin, consents },
      attributes: { name: 'Ana Anonymissima', phone: '+5511987654321' },
      properties: {
        form: 'consultation',
        explicitRequest: true,
        solution: true,
        permits: ['marketing'],
        language: 'pt-BR',
      },
    }),
    anActivity('page.viewed', {
      source: 'tracker',
      subject: { anonymousId: visitor },
      occurredAt: on(2, 14),
      properties: { path: '/pricing' },
    }),
    mail('email.sent', 3, 9, { sequence: 'welcome', run: 'run-of-ana', step: '1' }),
    mail('email.delivered', 3, 9),
    mail('email.opened', 3, 10),
    mail('email.clicked', 3, 11, { link: 'https://orchard.example/p/pricing?who=ana' }),
    anActivity('track.wrote-about', {
      source: 'tracker',
      subject,
      occurredAt: on(4),
      properties: { form: 'Ana', note: email },
    }),
    mail('email.unsubscribed', 5, 9),
    mail('email.unsubscribed', 5, 10),
  ];
}
