import { describe, expect, it } from 'vitest';
import { replyDecision } from '../../../functions/capture/reply.ts';
import { readReplyMail } from '../../../functions/capture/reply-mail.ts';
import { ReplyNotification } from '../../../functions/capture/reply-notification.ts';
import { account } from '../../support/forms.ts';
import { aRawReply, aReplyNotification } from '../../support/reply.ts';

const lead = { email: 'ana@example.com' };

async function decide(
  headers: Readonly<Record<string, string | null>> = {},
  given: Parameters<typeof aReplyNotification>[0] = {},
) {
  const mail = await readReplyMail(aRawReply(headers));
  if (!mail) throw new Error('a plain mail is readable');
  return replyDecision(mail, ReplyNotification.parse(aReplyNotification(given)), lead, account);
}

describe('an answer', () => {
  it('of the lead is a reply; of somebody else at their place too, and says so', async () => {
    expect(await decide()).toEqual({ kind: 'reply', verified: true, from: 'lead' });
    expect(await decide({ From: 'ANA@Example.com' })).toMatchObject({ from: 'lead' });
    expect(await decide({ From: 'boss@example.com' })).toEqual({ kind: 'reply', verified: true, from: 'other' });
  });

  it('of one of us is no reply of the lead', async () => {
    for (const From of ['hello@orchard.example', 'Rita <rita@orchard.example>'])
      expect(await decide({ From })).toEqual({ kind: 'ignored', reason: 'our-own' });
  });

  const automatic: readonly Record<string, string>[] = [
    { 'Auto-Submitted': 'auto-replied' },
    { 'Auto-Submitted': 'auto-generated; owner=x' },
    { 'X-Autoreply': 'yes' },
    { 'X-Autorespond': 'out' },
    { 'X-Auto-Response-Suppress': 'All' },
    { Precedence: 'bulk' },
    { Precedence: 'auto_reply' },
    { Precedence: 'List' },
    { 'List-Id': '<news.example.com>' },
    { 'Return-Path': '<>' },
    { Subject: 'Automatic reply: Your trial' },
    { Subject: 'Out of office: back on Monday' },
    { Subject: 'Resposta automática: Sua avaliação' },
  ];
  it.each(automatic)('of a machine is none: %j', async (headers) => {
    expect(await decide(headers)).toEqual({ kind: 'ignored', reason: 'auto-reply' });
  });

  it('from nobody at all is automatic', async () => {
    expect(await decide({}, { source: '' })).toEqual({ kind: 'ignored', reason: 'auto-reply' });
  });

  const personal: readonly Record<string, string>[] = [
    { 'Auto-Submitted': 'no' },
    { 'X-Auto-Response-Suppress': 'None' },
    { Precedence: 'normal' },
    { Subject: 'Re: Out of office templates' },
  ];
  it.each(personal)('of a person is one, whatever else it says: %j', async (headers) => {
    expect(await decide(headers)).toMatchObject({ kind: 'reply' });
  });

  const servers: readonly Record<string, string>[] = [
    { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
    { From: 'Mail Delivery System <MAILER-DAEMON@mx.example.com>' },
    { From: 'postmaster@example.com' },
    { 'X-Failed-Recipients': 'ana@example.com' },
  ];
  it.each(servers)('of a mail server is none: %j', async (headers) => {
    expect(await decide(headers)).toEqual({ kind: 'ignored', reason: 'bounce' });
  });

  it.each([
    ['virus', { virus: 'FAIL' }],
    ['spam', { spam: 'FAIL' }],
  ] as const)('with %s in it is dropped', async (reason, verdicts) => {
    expect(await decide({}, { verdicts })).toEqual({ kind: 'ignored', reason });
  });

  it.each([
    [true, { dmarc: 'PASS', spf: 'FAIL', dkim: 'FAIL' }],
    [true, { dmarc: 'GRAY', spf: 'PASS', dkim: 'FAIL' }],
    [true, { dmarc: 'GRAY', spf: 'FAIL', dkim: 'PASS' }],
    [false, { dmarc: 'GRAY', spf: 'GRAY', dkim: 'FAIL' }],
    [false, { dmarc: 'FAIL', spf: 'PASS', dkim: 'PASS' }],
    [false, { dmarc: 'PROCESSING_FAILED', spf: 'PASS', dkim: 'PASS' }],
  ] as const)('is verified: %s, with %j', async (verified, verdicts) => {
    expect(await decide({}, { verdicts })).toMatchObject({ verified });
  });

  it('whose sender is no address is not verified', async () => {
    expect(await decide({ From: null })).toMatchObject({ kind: 'reply', verified: false, from: 'other' });
  });
});
