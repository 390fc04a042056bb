import type { BusEvent } from '../events/bus.ts';
import type { ConfigurationSetSpec } from '../template/blueprint-mail.ts';
import type { Mail } from './mail.ts';
import { busEvent, type EventKind, type Home, type MailEvent } from './ses-events.ts';
import type { StoredEvent } from './ses-store.ts';

/** Whom SES tells of what. */
export interface Destinations {
  /** How an event is kept: with everybody who is told of it. */
  toStore(mail: Mail, event: MailEvent): StoredEvent;
  /** Whether anybody is told of events of `kind`: SES adds its pixel and rewrites links only when somebody is. */
  tracks(mail: Pick<Mail, 'configurationSet'>, kind: EventKind): boolean;
}

/** `newId` names events. */
export function openDestinations(
  sets: readonly ConfigurationSetSpec[],
  { home, newId }: { readonly home: Home; newId(): string },
): Destinations {
  const told = new Map<string, string[]>();
  for (const { name, destinations } of sets)
    for (const { to, eventTypes } of destinations)
      for (const type of eventTypes) {
        const key = `${name} ${plain(type)}`;
        told.set(key, [...(told.get(key) ?? []), to]);
      }
  const toldOf = ({ configurationSet }: Pick<Mail, 'configurationSet'>, kind: EventKind) =>
    told.get(`${configurationSet} ${plain(kind.matching)}`) ?? [];
  return {
    toStore: (mail, event) => ({
      messageId: mail.messageId,
      eventType: event.kind.eventType,
      at: event.at,
      destinations: toldOf(mail, event.kind),
      event: busEvent(mail, event, home, newId()),
    }),
    tracks: (mail, kind) => toldOf(mail, kind).length > 0,
  };
}

/** CloudFormation takes `renderingFailure`, the API says RENDERING_FAILURE: the same name. */
function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase();
}

/** Tells one destination of one event. A topic gets the body alone. */
export function tell(
  to: string,
  event: BusEvent,
  deps: { emit(event: BusEvent): void; publish(topicArn: string, message: string): void },
): void {
  if (to === 'bus') deps.emit(event);
  else deps.publish(to, JSON.stringify(event.detail));
}
