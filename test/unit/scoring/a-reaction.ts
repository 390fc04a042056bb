import type { Activity, Properties } from '../../../functions/leads/activity.ts';
import { MachineFilter } from '../../../functions/scoring/scoring-model.ts';

export const filter = MachineFilter.parse({});
export const deliveredAt = Date.parse('2026-03-02T12:00:00.000Z');
export const pricing = 'https://orchard.example/p/pricing';
export const trap = 'https://mail.orchard.example/p/machines';

export const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';
export const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** A row of the ledger so many seconds after the delivery; its id says what and when. */
export function aRow(type: string, seconds: number, properties: Properties = {}, activityId?: string): Activity {
  const occurredAt = new Date(deliveredAt + Math.round(seconds * 1000)).toISOString();
  return {
    activityId: activityId ?? `${type} ${seconds}`,
    type,
    occurredAt,
    recordedAt: occurredAt,
    source: type === 'page.viewed' ? 'tracker' : 'ses',
    properties,
  };
}

export const delivery = aRow('email.delivered', 0, { messageId: 'm1' });

/** A click on the pricing page by somebody in Safari; a test names only what is different. */
export function aClick(seconds: number, properties: Properties = {}, activityId?: string): Activity {
  const usual = { messageId: 'm1', link: pricing, userAgent: safari, ipAddress: '192.0.2.10' };
  return aRow('email.clicked', seconds, { ...usual, ...properties }, activityId);
}
