import type { Team } from '../../../functions/handoff/team.ts';
import type { Process } from '../carrier.ts';
import type { World } from '../world.ts';
import type { HandoffStory } from './handoff-story.ts';

/** Old and new code are at work together for so long after a deployment. */
const rolloutMs = 10 * 60_000;

/** Which version of the code a process is of; the team is bundled with it. */
export interface Rollout {
  /** As the process knows it, for as long as it lives. */
  teamOf(process: Process): Team;
  /** What was deployed last. */
  latest(): Team;
}

export function rollout(world: World, story: HandoffStory): Rollout {
  const { startMs, first, changed, relieved } = story.team;
  const versions = new Map<string, Team>();

  function deployed(): readonly [Team, ...Team[]] {
    const at = world.now() - startMs;
    if (at >= story.reliefAfterMs) return [relieved];
    if (!changed || at < story.changeAfterMs) return [first];
    return at < story.changeAfterMs + rolloutMs ? [changed, first] : [changed];
  }

  return {
    teamOf({ name }) {
      const team = versions.get(name) ?? world.chance.pick(deployed());
      versions.set(name, team);
      return team;
    },
    latest: () => deployed()[0],
  };
}
