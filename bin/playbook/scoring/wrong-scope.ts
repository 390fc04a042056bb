import type { ActivityRule, Scope } from '../../../functions/scoring/scoring-model.ts';

/** Only opens and clicks are judged: of anything else nobody asks whether a machine did it. */
export const judged: readonly string[] = ['email.opened', 'email.clicked'];

const withSubject = ['appointment.', 'trial.', 'chat.', 'account.', 'deal.', 'email.'];

/** Why a scope means nothing for this type of activity, with the mend: it would pay each time, as `always` does. */
export function wrongScope({ activity, scope }: Pick<ActivityRule, 'activity' | 'scope'>): string | undefined {
  if (isMeant(activity, scope)) return undefined;
  switch (scope) {
    case 'perMessage':
      return `${activity} is about no message: write once, perDay or always`;
    case 'perMessageAndLink':
      return activity.startsWith('email.')
        ? `only email.clicked is about a link: write perMessage`
        : `${activity} is about no message and no link: write once, perDay or always`;
    default:
      return `${activity} names no subject: write once, perDay or always`;
  }
}

function isMeant(activity: string, scope: Scope): boolean {
  // What an account tracks itself may name a message, a link and a subject.
  if (activity.startsWith('track.')) return true;
  if (scope === 'perMessage') return activity.startsWith('email.');
  if (scope === 'perMessageAndLink') return activity === 'email.clicked';
  return scope !== 'perSubject' || withSubject.some((kind) => activity.startsWith(kind));
}

export function wrongHumanOnly({ activity, humanOnly }: { activity: string; humanOnly: boolean }): string | undefined {
  if (!humanOnly || judged.includes(activity)) return undefined;
  return `only opens and clicks are judged (${judged.join(', ')}): take humanOnly out`;
}
