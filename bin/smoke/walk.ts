import * as z from 'zod';
import { firstLinkForPeople } from '../local/mail/tracked-links.ts';
import { type Check, expectBody } from './checks.ts';
import type { Site } from './site.ts';

const Leads = z.object({
  leads: z.array(
    z.object({
      leadId: z.string(),
      score: z.object({ total: z.number() }),
      rating: z.string(),
      suppressed: z.object({ reason: z.string() }).nullable(),
    }),
  ),
});
const Inbox = z.array(
  z.object({
    messageId: z.string(),
    html: z.string().nullable(),
    text: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
  }),
);

/**
 * The whole walk on a local installation: one lead from the trial form to a rep and into the day's figures. Moves its clock on by
 * twenty seconds. Later checks build on earlier ones.
 */
export function walk(id: string): readonly Check[] {
  const email = `smoke-${id}@orchard.example`;
  const visitor = `smoke-${id}`;
  return [
    {
      claim: 'a trial makes a lead of 30 points',
      async run(site) {
        const answers = {
          email,
          name: 'Smoke Test',
          consent: { marketing: true },
          ripen_aid: visitor,
          submission_id: id,
        };
        expectBody(await site.post('/f/trial', answers), 202, z.object({ activityId: z.string() }));
        await settle(site);
        await scores(site, 30);
      },
    },
    {
      claim: 'the asset and the first mail of the trial are in the inbox',
      async run(site) {
        const templates = (await inbox(site, email)).map(({ tags }) => tags.template).sort();
        if (templates.join() !== 'asset,trial-upgrade-1') throw new Error(`found ${templates.join() || 'nothing'}`);
      },
    },
    {
      claim: 'opening it is worth 5, clicking it 10, the pricing page 10',
      async run(site) {
        // People take longer than scanners do.
        expectBody(await site.post('/_local/clock', { advance: 'PT20S' }), 200, z.object({}));
        const first = (await inbox(site, email)).find(({ tags }) => tags.template === 'trial-upgrade-1');
        const link = firstLinkForPeople(first?.html ?? '');
        await site.get(`/_local/inbox/${first?.messageId}`);
        await site.get(`/_local/inbox/${first?.messageId}/click?n=${link}`);
        const page = {
          writeKey: 'local',
          anonymousId: visitor,
          messageId: `pricing-${id}`,
          properties: { path: '/pricing' },
        };
        expectBody(await site.post('/v1/page', page), 200, z.object({ success: z.literal(true) }));
        await settle(site);
        await scores(site, 55);
      },
    },
    {
      claim: 'the explanation adds up to the score',
      async run(site) {
        const { leadId } = await lead(site);
        const answer = await site.get(`/api/leads/${leadId}/explanation`);
        const { total, sum } = expectBody(answer, 200, z.object({ total: z.number(), sum: z.number() }));
        if (total !== 55 || sum !== 55) throw new Error(`total ${total}, sum ${sum}`);
      },
    },
    {
      claim: 'a rep has the lead, and knows why',
      async run(site) {
        const { leadId } = await lead(site);
        const { rep } = expectBody(await site.get(`/api/handoffs/${leadId}.1`), 200, z.object({ rep: z.string() }));
        const told = (await inbox(site)).some(
          ({ tags, text }) => tags.template === 'hot-lead' && text?.includes(leadId),
        );
        if (!told) throw new Error(`${rep} has got no mail about it`);
      },
    },
    {
      claim: 'whoever accepts first has the lead, and who comes second hears who that is',
      async run(site) {
        const { leadId } = await lead(site);
        const accept = () => site.post(`/api/handoffs/${leadId}.1/accept`, {});
        expectBody(await accept(), 200, z.object({ status: z.literal('accepted') }));
        expectBody(await accept(), 409, z.object({ error: z.object({ code: z.literal('already-accepted') }) }));
        await settle(site);
      },
    },
    {
      claim: 'the figures of the day show it',
      async run(site) {
        const Days = z.object({
          days: z.array(z.object({ metrics: z.record(z.string(), z.object({ value: z.number().nullable() })) })),
        });
        const { days } = expectBody(await site.get('/api/metrics/days'), 200, Days);
        const today = days.at(-1)?.metrics ?? {};
        const missing = ['leadsNew', 'leadsTrial', 'leadsMql', 'handoffs', 'emailsClicked'].filter(
          (id) => !today[id]?.value,
        );
        if (missing.length > 0) throw new Error(`nothing counted as ${missing.join(', ')}`);
      },
    },
    {
      claim: 'one click unsubscribes, and looking at the page does not',
      async run(site) {
        const first = (await inbox(site, email)).find(({ tags }) => tags.template === 'trial-upgrade-1');
        const path = /\/u\/[\w.~-]+/.exec(first?.text ?? '')?.[0] ?? '/u/none';
        await site.get(path);
        if ((await lead(site)).suppressed) throw new Error('a GET has unsubscribed');
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        const { status } = await site.post(path, 'List-Unsubscribe=One-Click', type);
        const { suppressed } = await lead(site);
        if (status !== 200 || suppressed?.reason !== 'unsubscribe') throw new Error(`${status}, not suppressed`);
      },
    },
    { claim: 'nothing is left in a queue, nothing in a dead-letter queue', run: settle },
  ];

  async function lead(site: Site) {
    const { leads } = expectBody(await site.get(`/api/leads?email=${encodeURIComponent(email)}`), 200, Leads);
    if (!leads[0]) throw new Error(`there is no lead ${email}`);
    return leads[0];
  }

  async function scores(site: Site, wanted: number): Promise<void> {
    const { score } = await lead(site);
    if (score.total !== wanted) throw new Error(`scores ${score.total} instead of ${wanted}`);
  }
}

async function inbox(site: Site, to?: string) {
  const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
  return expectBody(await site.get(`/_local/inbox.json${query}`), 200, Inbox);
}

async function settle(site: Site): Promise<void> {
  const Settled = z.object({ queued: z.literal(0), inFlight: z.literal(0), deadLetters: z.literal(0) });
  expectBody(await site.post('/_local/settle', {}), 200, Settled);
}
