import type { Activity } from '../leads/activity.ts';
import { localDay } from '../leads/calendar.ts';
import { stableId } from '../leads/lead-id.ts';
import type { ActivityRule } from './scoring-model.ts';

/**
 * What holds one payment of a rule: `<rule>#<key>`. Of all activities with the same one, the earliest is paid for (requirements
 * §2.4). `null` for a rule that pays always: the activity's own id keeps it from being paid twice.
 */
export function holderName({ id, scope }: ActivityRule, activity: Activity, timeZone: string): string | null {
  const property = (name: string) => {
    const value = activity.properties[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  switch (scope) {
    case 'always':
      return null;
    case 'once':
      return `${id}#`;
    case 'perDay':
      return `${id}#${localDay(activity.occurredAt, timeZone)}`;
    case 'perMessage':
      return `${id}#${short(property('messageId') ?? activity.activityId)}`;
    case 'perMessageAndLink':
      return `${id}#${short(property('messageId') ?? activity.activityId, property('link') ?? '')}`;
    case 'perSubject':
      return `${id}#${short(property('subject') ?? activity.activityId)}`;
  }
}

/** Message ids, links and subjects come from outside and may be of any length. */
function short(...parts: readonly string[]): string {
  const key = parts.join('#');
  return key.length <= 40 ? key : stableId(...parts);
}
