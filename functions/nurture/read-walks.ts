import type { LeadStore } from '../leads/lead.store.ts';
import { type Enrollment, statusAt } from './enrollment.ts';
import { programOf } from './program.ts';
import { sequenceNamed } from './read-sequences.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import type { Sequences } from './sequence.ts';
import { stepText } from './step-text.ts';
import type { WalkListStore } from './walk-list.store.ts';
import { type WhyNot, whyNext, whyNot } from './why-next.ts';

/** Who is where in a sequence, and why they are not further: `GET /api/sequences/{id}/walks`. */
export interface WalkerView {
  readonly leadId: string;
  readonly name: string | null;
  readonly email: string;
  readonly run: string;
  /** The playbook version this walk goes by. */
  readonly version: string;
  readonly status: ReturnType<typeof statusAt>;
  readonly step: number;
  /** What that step is, in words. */
  readonly doing: string;
  readonly dueAt: string | null;
  readonly because: Enrollment['because'];
  /** Why not before, as a sentence. */
  readonly why: string;
}

export interface ReadWalksDeps {
  /** The sequences as they are now, and as they were in a version that a walk began with. */
  readonly sequences: Sequences;
  readonly pinned: (version: string) => Promise<Sequences>;
  readonly walks: Pick<WalkListStore, 'page'>;
  readonly leads: Pick<LeadStore, 'get'>;
  readonly sendingSwitch: Pick<SendingSwitchStore, 'get'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface WalkersPage {
  readonly walks: readonly WalkerView[];
  readonly cursor: string | null;
}

/** A page of those under way, the next due first. @throws RequestError 404 when there is no such sequence. */
export async function readWalks(
  id: string,
  { cursor, limit = 25, language = 'en' }: { cursor?: string | undefined; limit?: number; language?: 'en' | 'pt-BR' },
  deps: ReadWalksDeps,
): Promise<WalkersPage> {
  sequenceNamed(id, deps.sequences);
  const [found, sendingSwitch] = await Promise.all([deps.walks.page(id, limit, cursor), deps.sendingSwitch.get()]);
  const walks = await Promise.all(
    found.walks.map((walk) => walker(walk, { language, why: whyNot(walk, sendingSwitch) }, deps)),
  );
  return { walks: walks.filter((walk) => walk !== null), cursor: found.cursor };
}

/** `null`: the person was erased while the list was read. */
async function walker(
  walk: Enrollment,
  { language, why }: { readonly language: 'en' | 'pt-BR'; readonly why: WhyNot | null },
  deps: ReadWalksDeps,
): Promise<WalkerView | null> {
  const { leadId, sequence, run, version, step, dueAt, because } = walk;
  const [lead, pinned] = await Promise.all([deps.leads.get(leadId), deps.pinned(version)]);
  if (!lead) return null;
  const place = programOf({ steps: pinned.find(({ id }) => id === sequence)?.steps ?? [] })[step - 1];
  const { name } = lead.attributes;
  return {
    ...{ leadId, run, version, step, dueAt, because },
    name: typeof name === 'string' ? name : null,
    email: lead.emailAsTyped,
    status: why === 'let-go' ? 'waiting' : statusAt(walk, deps.now()),
    doing: place ? stepText(place.step, language) : '',
    why: whyNext(why, language),
  };
}
