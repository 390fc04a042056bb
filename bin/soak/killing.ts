import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../demo/chance.ts';
import type { Crowd } from './crowd.ts';
import { type RunnerPlace, type RunnerProcess, startRunnerProcess } from './runner-process.ts';
import type { Site } from './site.ts';

export interface Killing {
  readonly place: RunnerPlace;
  readonly site: Site;
  readonly people: Crowd;
  readonly chance: Chance;
  readonly kills: number;
  /** Of the messages that SES accepts, the share whose sender is not told. */
  readonly loseResponses: number;
  onKill(victim: Victim): void;
}

export type Victim = 'runner' | 'database';

/** One kill in so many comes while the clock is moving on by a day, so that later steps are killed too. */
const travelEvery = 8;
/** Before one kill in so many the runner is left alone for a while: mail gets through, and people have something to say no to. */
const breathEvery = 5;
const breathMs = 8_000;

/** Kills the runner or its database, 1–3 s after each is ready, again and again, while people are at the doors. Answers a live runner. */
export async function killAgainAndAgain(killing: Killing): Promise<RunnerProcess> {
  const { place, site, people, chance, kills, loseResponses, onKill } = killing;
  let runner = await startRunnerProcess(place);
  await site.readClock();
  if (loseResponses > 0) await site.steer('/_local/ses-weather', { loseResponse: loseResponses });
  for (let kill = 1; kill <= kills; kill++) {
    const isTravelling = kill % travelEvery === 0;
    const victim: Victim = !isTravelling && chance.happens(0.4) ? 'database' : 'runner';
    // The clock stands still for whoever is at the doors: what they were promised, and when, must be beyond doubt.
    if (isTravelling) await people.pause();
    else people.resume();
    const journey = isTravelling ? site.steer('/_local/clock', { advance: 'P1D' }) : null;
    if (kill % breathEvery === 0) await pause(breathMs);
    await pause(chance.between(1000, 3000));
    if (victim === 'database') await runner.killDatabase();
    else {
      await runner.kill();
      await journey;
      runner = await startRunnerProcess(place);
      if (isTravelling) await site.readClock();
    }
    onKill(victim);
  }
  people.resume();
  return runner;
}
