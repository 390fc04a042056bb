import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Answer, Site } from './site.ts';

/** One promise of the public doors. `run` throws, saying what was answered instead. */
export interface Check {
  readonly claim: string;
  run(site: Site): Promise<unknown>;
}

/** The test lead of a run. The simulator's address takes mail without anybody being written to, in the cloud as well. */
export function testAddress(id: string): string {
  return `success+ripen-${id}@simulator.amazonses.com`;
}

/** Of whose playbook what is asked: a form that needs only an address, and a write key. */
export interface Doors {
  readonly form: string;
  readonly writeKey: string;
}

/** What anybody on the internet may see. `id` makes this run's leads and activities its own. */
export function publicChecks(id: string, { form, writeKey }: Doors): readonly Check[] {
  const email = testAddress(id);
  const door = `/f/${form}`;
  const page = `/p/${form}`;
  return [
    {
      claim: 'GET /health is ok',
      run: async (site) => expectBody(await site.get('/health'), 200, z.object({ status: z.literal('ok') })),
    },
    { claim: 'the landing page shows its form', run: async (site) => expectText(await site.get(page), '<form') },
    {
      claim: 'a form is taken, and taken once',
      async run(site) {
        const post = () => site.post(door, { email, consent: { marketing: true }, submission_id: id });
        const Taken = z.object({ activityId: z.string() });
        const first = expectBody(await post(), 202, Taken);
        const second = expectBody(await post(), 202, Taken);
        if (first.activityId !== second.activityId) throw new Error('the same submission got two ids');
      },
    },
    {
      claim: 'a page view is taken',
      async run(site) {
        const view = { writeKey, anonymousId: id, messageId: `page-${id}`, properties: { path: '/smoke' } };
        expectBody(await site.post('/v1/page', view), 200, z.object({ success: z.literal(true) }));
      },
    },
    { claim: 'a form nobody made is a 404', run: refuses(404, '/f/nothing', { email }) },
    { claim: 'a body over 64 KB is a 413', run: refuses(413, door, { email, name: 'x'.repeat(66_000) }) },
    { claim: 'an unknown kind of body is a 415', run: refuses(415, door, '<xml/>', 'application/xml') },
    { claim: 'malformed JSON is a 4xx', run: refuses([400, 422], door, '{"email": "a@') },
    {
      claim: 'a wrong address is a 422 that names the field',
      run: refuses(422, door, { email: 'no' }, undefined, 'email'),
    },
    {
      claim: 'the tracker is under 3 KB gzipped',
      async run(site) {
        const { status, text } = await site.get('/js/ripen.js');
        const size = gzipSync(text).length;
        if (status !== 200 || size >= 3 * 1024) throw new Error(`${status}, ${size} bytes`);
      },
    },
    {
      claim: 'answers carry the security headers',
      async run(site) {
        const { headers } = await site.get(page);
        const missing = ['content-security-policy', 'x-content-type-options', 'referrer-policy'].filter(
          (name) => !headers.has(name),
        );
        if (missing.length > 0) throw new Error(`without ${missing.join(', ')}`);
      },
    },
  ];
}

/** In the cloud nobody gets in without signing their request; on a laptop loopback is the operator. */
export const closedToStrangers: Check = {
  claim: 'private routes are closed to strangers',
  async run(site) {
    for (const path of ['/api/leads', '/api/handoffs', '/api/metrics/days', '/leads']) {
      const { status } = await site.get(path);
      if (status !== 401 && status !== 403) throw new Error(`${path} answered ${status}`);
    }
  },
};

function refuses(
  status: number | readonly number[],
  path: string,
  body: string | object,
  type = 'application/json',
  field?: string,
): Check['run'] {
  const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }) });
  return async (site) => {
    const answer = await site.post(path, body, { 'content-type': type });
    const { error } = expectBody(answer, status, Refusal);
    if (field !== undefined && error.path !== field) throw new Error(`named ${error.path ?? 'no field'}`);
  };
}

export function expectBody<Body>(answer: Answer, status: number | readonly number[], shape: z.ZodType<Body>): Body {
  const parsed = shape.safeParse(answer.body);
  if (![status].flat().includes(answer.status) || !parsed.success)
    throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return parsed.data;
}

function expectText({ status, text }: Answer, wanted: string): void {
  if (status !== 200 || !text.includes(wanted)) throw new Error(`answered ${status} without ${wanted}`);
}
