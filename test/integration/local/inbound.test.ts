import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it } from 'vitest';
import { Verdicts } from '../../../bin/local/mail/inbound.ts';
import { aRawMail, aSes } from './a-ses.ts';

const open: Awaited<ReturnType<typeof aSes>>[] = [];
const opened: typeof aSes = async (overrides) => {
  const bench = await aSes(overrides);
  open.push(bench);
  return bench;
};
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

const verdicts = Verdicts.parse({});
const answerable = { headers: { 'Reply-To': 'lead-1.abc@reply.ripen.example' } };

/** What the topic was told of mail that came in, and the mail itself as the bucket has it. */
async function received({ published, buckets }: Awaited<ReturnType<typeof aSes>>) {
  const inbound = published.filter(({ topic }) => topic.endsWith(':inbound'));
  return Promise.all(
    inbound.map(async ({ message }) => {
      const told = JSON.parse(message);
      const object = buckets.get(told.receipt.action.bucketName, told.receipt.action.objectKey);
      return { told, mail: await PostalMime.parse(object?.bytes ?? '') };
    }),
  );
}

describe('mail that comes in', () => {
  it('lies in the bucket of its rule, and the topic is told what SES tells', async () => {
    const bench = await opened();
    const raw = await aRawMail({ from: 'Ana <ana@example.com>', to: 'x@reply.ripen.example, hello@ripen.example' });
    const receipt = await bench.inbound.receive({ raw, verdicts });
    const [one, ...others] = await received(bench);
    expect(others).toEqual([]);
    expect(one?.told).toMatchObject({
      notificationType: 'Received',
      mail: {
        source: 'ana@example.com',
        destination: ['x@reply.ripen.example', 'hello@ripen.example'],
        commonHeaders: { from: ['Ana <ana@example.com>'], subject: 'Olá, Ana' },
      },
      receipt: {
        recipients: ['x@reply.ripen.example'],
        spamVerdict: { status: 'PASS' },
        virusVerdict: { status: 'PASS' },
        spfVerdict: { status: 'PASS' },
        dkimVerdict: { status: 'PASS' },
        dmarcVerdict: { status: 'PASS' },
        action: { type: 'S3', bucketName: 'mail', objectKeyPrefix: 'in/' },
      },
    });
    expect(receipt).toEqual({ outcome: 'received', messageId: one?.told.mail.messageId });
    expect(one?.told.receipt.action.objectKey).toBe(`in/${one?.told.mail.messageId}`);
    expect(one?.mail).toMatchObject({ subject: 'Olá, Ana', from: { address: 'ana@example.com' } });
  });

  it('for nobody here is neither kept nor told', async () => {
    const bench = await opened();
    const raw = await aRawMail({ to: 'x@ripen.example' });
    const receipt = await bench.inbound.receive({ raw, verdicts });
    expect(receipt).toEqual({ outcome: 'nobody', recipients: ['x@ripen.example'] });
    expect(bench.published).toEqual([]);
    expect(bench.buckets.list('mail', { prefix: '', after: '', limit: 10 })).toEqual([]);
  });

  it('goes by its envelope, which may name somebody the mail does not, and nobody as its sender', async () => {
    const bench = await opened();
    const raw = await aRawMail({ to: 'somebody@else.example' });
    await bench.inbound.receive({ raw, verdicts, from: '', to: ['Y@Reply.Ripen.example'] });
    expect((await received(bench))[0]?.told).toMatchObject({
      mail: { source: '' },
      receipt: { recipients: ['Y@Reply.Ripen.example'] },
    });
  });

  it('is gone from the bucket after the days of its lifecycle rule', async () => {
    const { inbound, buckets, wait } = await opened();
    await inbound.receive({ raw: await aRawMail({ to: 'x@reply.ripen.example' }), verdicts });
    wait(6 * 86_400_000);
    expect(buckets.expire()).toBe(0);
    wait(86_400_001);
    expect(buckets.expire()).toBe(1);
  });
});

describe('a reader who answers in the inbox', () => {
  const answer = (text: string, as: string) => `${new URLSearchParams({ text, as })}`;

  it('sends what a mail client sends', async () => {
    const bench = await opened();
    const messageId = await bench.send(answerable);
    const url = `/_local/inbox/${messageId}`;
    expect((await bench.ask('GET', url)).body).toContain(`action="${url}/reply"`);
    const { headers } = await bench.ask('POST', `${url}/reply`, answer('Yes, please.\r\nWhen?', 'person'));
    expect(headers.location).toBe(`${url}?notice=replied`);
    expect((await bench.ask('GET', headers.location ?? '')).body).toContain('role="status"');
    const [one] = await received(bench);
    expect(one?.mail).toMatchObject({
      from: { address: 'ana@example.com' },
      to: [{ address: 'lead-1.abc@reply.ripen.example' }],
      subject: 'Re: Olá, Ana',
      inReplyTo: `<${messageId}@email.amazonses.com>`,
      references: `<${messageId}@email.amazonses.com>`,
      date: '2026-03-02T09:00:00.000Z',
      text: expect.stringMatching(/^Yes, please\.\nWhen\?\n\nOn .* wrote:\n> Hello/),
    });
  });

  it('is away', async () => {
    const bench = await opened();
    const url = `/_local/inbox/${await bench.send(answerable)}`;
    const { headers } = await bench.ask('POST', `${url}/reply`, answer('Back on Monday', 'out-of-office'));
    expect(headers.location).toBe(`${url}?notice=replied-out-of-office`);
    const [one] = await received(bench);
    expect(one?.mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-replied' }));
    expect(one?.mail).toMatchObject({ subject: 'Automatic reply: Olá, Ana', text: 'Back on Monday\n' });
  });

  it('is somebody else: nothing proves the sender', async () => {
    const bench = await opened();
    const url = `/_local/inbox/${await bench.send(answerable)}`;
    await bench.ask('POST', `${url}/reply`, answer('I am Ana', 'forged'));
    expect((await received(bench))[0]?.told.receipt).toMatchObject({
      spfVerdict: { status: 'FAIL' },
      dkimVerdict: { status: 'FAIL' },
      dmarcVerdict: { status: 'FAIL' },
      dmarcPolicy: 'quarantine',
    });
  });

  it('is told when nobody here takes mail for the address', async () => {
    const bench = await opened();
    const url = `/_local/inbox/${await bench.send()}`;
    const { body } = await bench.ask('GET', url);
    expect(body).toContain('no receipt rule of the template takes mail for');
    expect(body).not.toContain(`action="${url}/reply"`);
    const { headers } = await bench.ask('POST', `${url}/reply`, answer('Hi', 'person'));
    expect(headers.location).toBe(`${url}?notice=reply-nobody`);
    expect(bench.published).toEqual([]);
  });
});
