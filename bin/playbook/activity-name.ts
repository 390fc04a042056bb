import { knownActivityTypes } from '../../functions/leads/activity.ts';
import { nearName } from './near-name.ts';

/**
 * What to write instead of an activity nobody ever does; `undefined` when there is such an activity, or when it is one of the
 * account's own, `track.<name>`. A rule on a misspelt name would be valid, and silent for ever.
 */
export function unknownActivity(type: string): string | undefined {
  if (knownActivityTypes.includes(type) || type.startsWith('track.')) return undefined;
  const near = nearName(type, knownActivityTypes);
  if (near !== undefined) return `there is no activity "${type}": did you mean "${near}"?`;
  const alike = knownActivityTypes.filter((known) => known.split('.')[0] === type.split('.')[0]);
  const choice = alike.length > 0 ? alike : knownActivityTypes;
  return `there is no activity "${type}": use one of ${choice.join(', ')}; what you track yourself is track.<name>`;
}
