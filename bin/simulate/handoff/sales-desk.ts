import type { AnswerOutcome, Asked } from '../../../functions/handoff/answer-handoff.ts';
import type { Answer } from '../../../functions/handoff/answering.ts';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import type { World } from '../world.ts';
import type { Temper } from './handoff-story.ts';

/** What somebody of sales was answered when they said something. */
export interface Said {
  readonly asked: Asked;
  readonly answer: AnswerOutcome;
}

interface Desk {
  readonly world: World;
  readonly temper: Temper;
  readonly reps: readonly string[];
  readonly manager: string;
  /** Says it until somebody answers. */
  press(asked: Asked, afterMs: number, then?: (answer: AnswerOutcome) => void): void;
}

const minuteMs = 60_000;

/** The people of sales: answers to what they are told, at the moments that hurt most. Called once for each turn of a hand-off. */
export function salesDesk({ world, temper, reps, manager, press }: Desk): (handoff: Handoff) => void {
  const { chance } = world;

  return ({ leadId, cycle, rep, turn, dueAt, status }) => {
    if (status === 'queued') {
      if (chance.happens(temper.rivals * 0.3)) accept({ by: chance.pick([...reps, manager]) }, soon());
      return;
    }
    if (rep === null || !chance.happens(temper.answers)) return;
    const leftMs = dueAt === null ? 0 : Date.parse(dueAt) - world.now();
    const afterMs = leftMs > 0 && chance.happens(temper.waits) ? leftMs + (chance.next() - 0.6) * 9_000 : soon();
    const byLink = chance.happens(0.6) ? { by: rep, turn } : { by: rep };
    if (chance.happens(temper.rejects)) {
      const reason = chance.happens(0.6) ? 'not-mine' : 'not-ready';
      say({ answer: 'reject', reason }, byLink, afterMs);
    } else accept(byLink, afterMs);
    if (chance.happens(temper.rivals))
      accept({ by: chance.pick([...reps, manager]) }, afterMs + (chance.next() - 0.5) * 600);
    // They find the old message again when the lead may be somebody else's.
    if (chance.happens(temper.repeats))
      accept({ by: rep, turn }, afterMs + chance.pick([1_000, 2 * minuteMs, 40 * minuteMs]) * chance.next());

    type Who = Pick<Asked, 'by' | 'turn'>;

    function say(answer: Answer, who: Who, delayMs: number, then?: (answer: AnswerOutcome) => void): void {
      press({ leadId, cycle, answer, ...who }, delayMs, then);
    }

    function accept(who: Who, delayMs: number): void {
      say({ answer: 'accept' }, who, delayMs, ({ outcome }) => {
        if (outcome === 'done') work(who.by);
      });
    }

    /** What follows once they have it. */
    function work(by: string): void {
      const who = { by: chance.happens(0.8) ? by : '' };
      let afterMs = 0;
      for (const answer of ['contacted', 'meeting'] as const)
        if (chance.happens(0.4)) {
          afterMs += chance.next() * 2 * minuteMs;
          say({ answer }, who, afterMs);
        }
      if (!chance.happens(temper.closes)) return;
      afterMs += chance.pick([100, minuteMs, 5 * minuteMs]) * chance.next();
      say(ending(), who, afterMs);
      // Twice, or two different ends at once.
      if (chance.happens(temper.repeats))
        say(ending(), { by: chance.pick([by, manager]) }, afterMs + chance.next() * 500);
    }
  };

  function soon(): number {
    return chance.pick([2_000, 30_000, 3 * minuteMs]) * chance.next();
  }

  function ending(): Answer {
    return chance.weighted<Answer>([
      [{ answer: 'won', amount: { amountMinor: chance.between(1, 9) * 1_000, currency: 'BRL' } }, 2],
      [{ answer: 'lost', reason: 'price' }, 1],
      [{ answer: 'recycled' }, 2],
      [{ answer: 'reject', reason: 'not-ready' }, 1],
      [{ answer: 'reject', reason: 'not-mine' }, 1],
    ]);
  }
}
