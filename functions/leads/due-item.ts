import type { OutgoingEvent } from '../runtime/publish.ts';
import { dueKeys, key } from './table.ts';

/** What is due, and when: the sweep publishes the event at that instant, and again every five minutes until this item goes. */
export interface Due {
  readonly dueAt: string;
  readonly event: OutgoingEvent;
}

type DueKind = 'step' | 'send' | 'handoff' | 'delivery' | 'follow-up';

/**
 * `step`: a walk's next e-mail. `send`: a claim to clear up, or a message to try again. `handoff`: a rep's time is up, or one is looked for.
 * `delivery`: a call to another system. `follow-up`: what the lead's type is followed up for.
 */
export function dueItem(kind: DueKind, subject: string, { dueAt, event }: Due): Record<string, unknown> {
  return {
    ...key.due(kind, subject),
    ...dueKeys(dueAt, kind, subject),
    kind: 'due',
    due: kind,
    subject,
    dueAt,
    detailType: event.detailType,
    detail: event.detail,
  };
}
