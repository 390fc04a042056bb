import * as z from 'zod';
import { operatorLine } from '../leads/operator-line.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { log } from '../runtime/log.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import type { Colleague } from './colleague.ts';
import { baselineOf, type ReputationDeps } from './read-reputation.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import {
  type Decision,
  Paused,
  pause,
  pauseSequence,
  type SendingSwitch,
  type SwitchChange,
} from './sending-switch.ts';
import type { SilenceStore } from './silence.store.ts';

export interface ControlDeps extends ReputationDeps {
  readonly switches: Pick<SendingSwitchStore, 'get' | 'save' | 'tellCopies'>;
  readonly silences: Pick<SilenceStore, 'end'>;
  readonly colleagues: readonly Colleague[];
  /** The ids of the running playbook's sequences. */
  readonly sequences: readonly string[];
}

const Said = { reason: operatorLine('a reason', 500), author: operatorLine('who you are', 200) };
const Pause = z.object({
  pause: z.enum(Paused.options, 'write marketing, all, or nothing, which lets mail go again'),
  ...Said,
});
const PauseSequence = z.object(Said);
const LetGo = z.object({ colleague: z.string(), ...Said });

/** What is paused after a change: `POST /api/sending`. */
type SwitchView = Pick<SendingSwitch, 'paused' | 'reason' | 'by' | 'at' | 'sequences'>;

/**
 * `POST /api/sending` holds mail back or lets it go, or lets the notices to a `colleague` who stopped them go again; `POST /api/sequences/{id}/pause` and `…/resume` do so with one sequence. When it is
 * answered, no message is claimed that it forbids. What was due waits and goes later; doing it twice is one change.
 *
 * @throws RequestError 404 unknown sequence or colleague, 422 with the field that does not fit.
 */
export function controlSending(request: HttpRequest, deps: ControlDeps): Promise<HttpAnswer> {
  const { id } = request.params;
  const page = id !== undefined && deps.sequences.includes(id) ? `/sequences/${id}` : '/sending';
  const actOnAll = (fields: unknown) => (isAboutColleague(fields) ? letGo(fields) : pauseMail(fields));
  const act = id === undefined ? actOnAll : (fields: unknown) => pauseOne(id, fields);
  return answerPosted(request, page, async (fields) => json(200, await act(fields)), `${page}?changed=1`);

  async function pauseMail(fields: unknown): Promise<SwitchView> {
    const { pause: paused, ...said } = postedAs(Pause, fields);
    // A person lets mail go again knowing what has come back so far.
    const baseline = paused === 'nothing' ? await baselineOf(deps) : undefined;
    const change = (before: SendingSwitch) =>
      before.paused === paused ? null : pause(before, paused, decision(said, deps), baseline ?? before.baseline);
    return apply(change, deps);
  }

  async function letGo(fields: unknown): Promise<{ readonly colleague: string }> {
    const { colleague, author, reason } = postedAs(LetGo, fields);
    if (!deps.colleagues.some((one) => one.id === colleague))
      throw new RequestError(404, 'unknown-colleague', 'Nobody of the team has this id.', 'colleague');
    const at = new Date(deps.now()).toISOString();
    const outcome = await deps.silences.end(colleague, { by: author, reason, at });
    log(`silence-${outcome}`, { colleague });
    return { colleague };
  }

  async function pauseOne(sequence: string, fields: unknown): Promise<SwitchView> {
    const said = postedAs(PauseSequence, fields);
    const paused = request.path.endsWith('/pause');
    const { sequences } = await deps.switches.get();
    if (!deps.sequences.includes(sequence) && !sequences.includes(sequence))
      throw new RequestError(404, 'unknown-sequence', 'The playbook has no sequence with this id.');
    const change = (before: SendingSwitch) =>
      before.sequences.includes(sequence) === paused
        ? null
        : pauseSequence(before, sequence, paused, decision(said, deps));
    return apply(change, deps);
  }
}

function isAboutColleague(fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && 'colleague' in fields;
}

function decision(
  { reason, author }: { readonly reason: string; readonly author: string },
  { now }: Pick<ControlDeps, 'now'>,
): Decision {
  return { reason, by: author, now: now() };
}

/** Makes the change, or finds it made. */
async function apply(
  changeOf: (before: SendingSwitch) => SwitchChange | null,
  { switches }: Pick<ControlDeps, 'switches'>,
): Promise<SwitchView> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    const before = await switches.get();
    const change = changeOf(before);
    if (change === null) {
      // Whoever pressed first may have died before every copy was told: it is in force when this is answered.
      await switches.tellCopies();
      return viewOf(before);
    }
    if ((await switches.save(change)) === 'conflict') continue;
    log('sending-changed', { paused: change.after.paused, sequence: change.sequence, ver: change.after.ver });
    return viewOf(change.after);
  }
  throw new RequestError(409, 'changed-meanwhile', 'Others are changing this too: look at it, and try again.');
}

function viewOf({ paused, reason, by, at, sequences }: SendingSwitch): SwitchView {
  return { paused, reason, by, at, sequences };
}
