import { slugOf } from '../../functions/capture/tracking-names.ts';
import { knownActivityTypes } from '../../functions/leads/activity.ts';
import { nearName } from './near-name.ts';

const own = 'track.';

/**
 * What to write instead of an activity nobody ever does; `undefined` when there is such an activity, or when it is one of the
 * account's own, `track.<name>`. A rule on a misspelt name would be valid, and silent for ever.
 */
export function unknownActivity(type: string): string | undefined {
  if (knownActivityTypes.includes(type)) return undefined;
  if (type.startsWith(own)) return neverTracked(type);
  const near = nearName(type, knownActivityTypes);
  if (near !== undefined) return `there is no activity "${type}": did you mean "${near}"?`;
  const alike = knownActivityTypes.filter((known) => known.split('.')[0] === type.split('.')[0]);
  const choice = alike.length > 0 ? alike : knownActivityTypes;
  return `there is no activity "${type}": use one of ${choice.join(', ')}; what you track yourself is track.<name>`;
}

/** Whatever an event is called, the tracking door makes one kind of name of it: no activity has any other. */
function neverTracked(type: string): string | undefined {
  const name = type.slice(own.length);
  const slug = slugOf(name);
  if (slug === name) return undefined;
  const meant = knownActivityTypes.includes(name) ? name : `${own}${slug}`;
  return `what you track is named in words of letters and digits joined by single hyphens, at most 50 characters: write ${meant}`;
}
