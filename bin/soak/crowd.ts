import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Chance } from '../demo/chance.ts';
import { firstLinkForPeople } from '../local/mail/tracked-links.ts';
import { oneClickUrl } from '../local/mail/unsubscribe-header.ts';
import type { Promises, Refusal, Submission } from './promises.ts';
import type { Site } from './site.ts';

/** Forms of the shipped playbook that ask for marketing consent. */
export const forms = ['ebook', 'checklist', 'webinar', 'trial'];

const Message = z.object({
  messageId: z.string(),
  headers: z.record(z.string(), z.string()),
  html: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});

/** People at the public doors. What fails is tried again, as browsers and mailbox providers do, until it is acknowledged. */
export interface Crowd {
  /** Lets them act. */
  resume(): void;
  /** Resolves once nobody is asking anything. */
  pause(): Promise<void>;
  /** Nobody new comes; resolves once everything that was begun is acknowledged. */
  finish(): Promise<void>;
  readonly promises: Promises;
}

/** One thing somebody does. `again`: nobody answered, or the mail is not there yet. */
type Act = () => Promise<'done' | 'again'>;

/** How many times somebody looks for a mail that does not come before they forget about it. */
const patience = 60;

export function crowd(site: Site, chance: Chance, size: number): Crowd {
  const submissions: Submission[] = [];
  const refusals: Refusal[] = [];
  const begun: Act[] = [];
  let [people, busy, isPaused, isOver] = [0, 0, true, false];
  const workers = Array.from({ length: size }, work);

  return {
    promises: { submissions, refusals },
    resume() {
      isPaused = false;
    },
    async pause() {
      isPaused = true;
      while (busy > 0) await pause(20);
    },
    async finish() {
      [isOver, isPaused] = [true, false];
      await Promise.all(workers);
    },
  };

  async function work(): Promise<void> {
    while (!isOver || begun.length > 0 || busy > 0) {
      await pause(chance.between(30, 200));
      if (isPaused) continue;
      // New people come as fast as those before get their mail, or nobody would say no before the end.
      const isNew = !isOver && begun.length < 4 * size && (begun.length === 0 || chance.happens(0.5));
      const act = isNew ? somebodyNew() : begun.shift();
      if (!act) continue;
      busy += 1;
      const outcome = await act().finally(() => {
        busy -= 1;
      });
      if (outcome === 'again') begun.push(act);
    }
  }

  /** Most read and stay, one in five says no; some have no mailbox, or complain. */
  function somebodyNew(): Act {
    people += 1;
    const name = `soak${people}`;
    const mailbox = chance.weighted([
      [`${name}@orchard.example`, 94],
      [`bounce+${name}@simulator.amazonses.com`, 4],
      [`complaint+${name}@simulator.amazonses.com`, 2],
    ] as const);
    const form = chance.pick(forms);
    const answers = { email: mailbox, name: `Soak ${people}`, consent: { marketing: true }, submission_id: name };
    const post = { body: JSON.stringify(answers), type: 'application/json' };
    let posts = chance.happens(0.2) ? 2 : 1;
    return async () => {
      const answered = await site.ask(`/f/${form}`, post);
      if (answered === null) return 'again';
      const { activityId } = z.object({ activityId: z.string() }).parse(JSON.parse(answered));
      posts -= 1;
      // Pressed twice: the same submission, and one activity.
      if (posts > 0) return 'again';
      submissions.push({ email: mailbox, form, activityId });
      if (chance.happens(0.35)) begun.push(onceThereIsMail(mailbox, read));
      if (chance.happens(0.2)) begun.push(onceThereIsMail(mailbox, (message) => unsubscribe(mailbox, message)));
      return 'done';
    };
  }

  function onceThereIsMail(email: string, act: (message: z.infer<typeof Message>) => ReturnType<Act>): Act {
    let looks = 0;
    return async () => {
      const answered = await site.ask(`/_local/inbox.json?to=${encodeURIComponent(email)}`);
      const messages = answered === null ? [] : z.array(Message).parse(JSON.parse(answered));
      if (messages.length > 0) return act(chance.pick(messages));
      looks += 1;
      return looks < patience ? 'again' : 'done';
    };
  }

  async function read({ messageId, html }: z.infer<typeof Message>): ReturnType<Act> {
    const link = firstLinkForPeople(html ?? '');
    const opened = await site.ask(`/_local/inbox/${messageId}`);
    const clicked = link < 0 ? opened : await site.ask(`/_local/inbox/${messageId}/click?n=${link}`);
    return opened === null || clicked === null ? 'again' : 'done';
  }

  async function unsubscribe(email: string, { headers, tags }: z.infer<typeof Message>): ReturnType<Act> {
    const url = oneClickUrl(headers);
    if (url === null)
      throw new Error(`a mail to ${email} of ${tags.sequence} cannot be unsubscribed from by one click`);
    const { pathname } = new URL(url);
    const post = { body: 'List-Unsubscribe=One-Click', type: 'application/x-www-form-urlencoded' };
    if ((await site.ask(pathname, post)) === null) return 'again';
    // From this instant on nothing may be sent to them.
    refusals.push({ email, atMs: Date.now() + site.shiftMs() });
    return 'done';
  }
}
