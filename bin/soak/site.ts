import * as z from 'zod';

/** How long a door may take to answer. An unsubscribe waits for a claim that is under way: at worst 12 s. */
const doorMs = 20_000;
/** How long a local route may take that waits for the whole pipeline. fetch gives up after five minutes anyway. */
const pipelineMs = 280_000;

interface Post {
  readonly body: string;
  readonly type: string;
}

/** The doors of a runner that may be killed at any instant. */
export interface Site {
  /** The answer; `null` when nobody answered, or with a 5xx: nothing was promised, so it is to be tried again. Throws on a 4xx. */
  ask(path: string, post?: Post): Promise<string | null>;
  /** Asks a local route to do something with the whole pipeline. */
  steer(path: string, body?: object): Promise<string | null>;
  /** Epoch milliseconds by which the pipeline's clock is ahead, as last read. */
  shiftMs(): number;
  /** Reads the clock. It is only moved while nobody else is asking, so what was read stays true meanwhile. */
  readClock(): Promise<void>;
}

const Clock = z.object({ shiftMs: z.number() });

export function siteAt(url: string): Site {
  let shiftMs = 0;
  const call = async (path: string, patienceMs: number, post?: Post) => {
    const answered = await answerOf(new URL(path, url), patienceMs, post);
    if (answered === null || answered.status >= 500) return null;
    if (answered.status >= 400) throw new Error(`${path} answered ${answered.status}: ${answered.text}`);
    return answered.text;
  };
  const ask: Site['ask'] = (path, post) => call(path, doorMs, post);
  return {
    ask,
    steer: (path, body = {}) => call(path, pipelineMs, { body: JSON.stringify(body), type: 'application/json' }),
    shiftMs: () => shiftMs,
    async readClock() {
      const text = await ask('/_local/clock');
      if (text !== null) shiftMs = Clock.parse(JSON.parse(text)).shiftMs;
    },
  };
}

/** The whole answer, or `null`: half of one is none. */
async function answerOf(url: URL, patienceMs: number, post?: Post) {
  try {
    const response = await fetch(url, {
      ...(post && { method: 'POST', body: post.body, headers: { 'content-type': post.type } }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}
