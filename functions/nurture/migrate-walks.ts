import * as z from 'zod';
import { operatorLine } from '../leads/operator-line.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { log } from '../runtime/log.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import { type ConcludeDeps, pinned } from './conclude-send.ts';
import type { FrequencyStore } from './frequency.store.ts';
import { migrate } from './migration.ts';
import { programOf } from './program.ts';
import type { WalkListStore } from './walk-list.store.ts';

export interface MigrateDeps extends ConcludeDeps {
  readonly walks: Pick<WalkListStore, 'page'>;
  readonly frequencies: FrequencyStore;
  /** The running playbook's version, to which walks are moved. */
  readonly version: string;
}

const perCall = 100;

const Asked = z.object({
  author: operatorLine('who you are', 200),
  /** `true`: says what would happen, and changes nothing. */
  dryRun: z.union([z.boolean(), z.literal('true').transform(() => true)]).default(false),
  cursor: z.string().max(200).optional(),
});

/** `POST /api/sequences/{id}/migration`: what became of one page of walks; ask again with `cursor` until it is null. */
export interface Migrated {
  readonly moved: number;
  readonly ended: number;
  readonly stayed: number;
  readonly cursor: string | null;
}

/**
 * Moves the walks under way through a sequence to the version that runs now. An edit alone never does that (Q21): somebody says so.
 *
 * @throws RequestError 404 unknown sequence, 422 with the field that does not fit.
 */
export function migrateWalks(request: HttpRequest, deps: MigrateDeps): Promise<HttpAnswer> {
  const { id = '' } = request.params;
  return answerPosted(request, `/sequences/${id}`, async (fields) => {
    const { author: _, dryRun, cursor } = postedAs(Asked, fields);
    const to = (await deps.sequences(deps.version)).find((sequence) => sequence.id === id);
    if (!to) throw new RequestError(404, 'unknown-sequence', 'The playbook has no sequence with this id.');
    const page = await deps.walks.page(id, perCall, cursor);
    const outcomes: string[] = [];
    for (const { leadId } of page.walks) outcomes.push(await migrateOne(leadId, id, dryRun, deps));
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    const migrated: Migrated = {
      moved: count('moves'),
      ended: count('ends'),
      stayed: count('stays'),
      cursor: page.cursor,
    };
    log('walks-migrated', { sequence: id, dryRun, moved: migrated.moved, ended: migrated.ended });
    return json(200, migrated);
  });
}

async function migrateOne(leadId: string, sequence: string, dryRun: boolean, deps: MigrateDeps): Promise<string> {
  // Every round ends it, or the walk has moved on in the meantime: decide again.
  for (let round = 1; round <= 10; round++) {
    const walk = await deps.enrollments.get(leadId, sequence);
    const to = (await deps.sequences(deps.version)).find(({ id }) => id === sequence);
    if (!walk || !to) return 'stays';
    const frequency = await deps.frequencies.get(leadId);
    const sends = (await deps.sends.list(leadId)).filter(
      (send) => send.sequence === sequence && send.run === walk?.run,
    );
    // What is on its way at this moment is waited for: its outcome says where the walk stands.
    if (sends.some(({ status }) => status === 'claimed' || status === 'retry')) return 'stays';
    const migration = migrate(walk, {
      from: (await pinned(walk, deps.sequences)).program,
      to: programOf(to),
      version: deps.version,
      brought: sends.filter(({ status }) => status !== 'cancelled').map(({ template }) => template),
      now: deps.now(),
    });
    if (migration.outcome === 'stays' || dryRun) return migration.outcome;
    if ((await deps.enrollments.saveUnsent(migration.walk, frequency)) === 'saved') return migration.outcome;
  }
  throw new RequestError(409, 'changed-meanwhile', 'A walk moves on all the time: try again in a minute.');
}
