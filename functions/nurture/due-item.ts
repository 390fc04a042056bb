import { dueKeys, key } from '../leads/table.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';

/** What is due, and when: the sweep publishes the event at that instant, and again every five minutes until this item goes. */
export interface Due {
  readonly dueAt: string;
  readonly event: OutgoingEvent;
}

/** `step`: a walk's next e-mail. `send`: a claim to clear up, or a message to try again. */
export function dueItem(kind: 'step' | 'send', subject: string, { dueAt, event }: Due): Record<string, unknown> {
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
