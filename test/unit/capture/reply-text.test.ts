import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReplyMail } from '../../../functions/capture/reply-mail.ts';
import { newText } from '../../../functions/capture/reply-text.ts';
import { aRawReply } from '../../support/reply.ts';

describe('the new text of an answer', () => {
  const own = 'Yes, call me on Tuesday.\n\nAna';
  const quoted = '> Hello Ana,\n> shall we talk?\n>\n> Clara';
  const answers: readonly [string, string][] = [
    ['Gmail', `${own}\n\nOn Mon, 2 Nov 2026 at 14:05, Clara at Orchard <hello@orchard.example> wrote:\n\n${quoted}`],
    [
      'Gmail, its line broken',
      `${own}\n\nOn Mon, 2 Nov 2026 at 14:05, Clara at Orchard <\nhello@orchard.example> wrote:\n\n${quoted}`,
    ],
    [
      'Gmail in Portuguese',
      `${own}\n\nEm seg., 2 de nov. de 2026 às 14:05, Clara <hello@orchard.example> escreveu:\n\n${quoted}`,
    ],
    [
      'Apple Mail',
      `${own}\n\nSent from my iPhone\n\n> On 2 Nov 2026, at 14:05, Clara <hello@orchard.example> wrote:\n> \n${quoted}`,
    ],
    [
      'Outlook',
      `${own}\n\n________________________________\nFrom: Clara <hello@orchard.example>\nSent: Monday\nTo: Ana\nSubject: Hello\n\nHello Ana,\nshall we talk?`,
    ],
    [
      'Outlook on the desk, in Portuguese',
      `${own}\n\nDe: Clara <hello@orchard.example>\nEnviada em: segunda-feira\nPara: Ana\nAssunto: Olá\n\nOlá Ana`,
    ],
    ['an older program', `${own}\n\n-----Original Message-----\nHello Ana`],
    ['German', `${own}\n\nAm 02.11.2026 um 14:05 schrieb Clara <hello@orchard.example>:\n${quoted}`],
    ['French', `${own}\n\nLe lun. 2 nov. 2026 à 14:05, Clara <hello@orchard.example> a écrit :\n\n${quoted}`],
    ['with a signature', `${own}\n-- \nAna Souza, Head of Everything\n+55 11 98765-4321`],
    ['below the quote', `On Mon, 2 Nov 2026 at 14:05, Clara <hello@orchard.example> wrote:\n${quoted}\n\n${own}`],
    ['with the line ends of mail', `${own}\n\n${quoted}`.replaceAll('\n', '\r\n')],
  ];
  it.each(answers)('of %s is what the person wrote', (_, text) => {
    expect(newText(text)).toBe(own);
  });

  it('keeps answers between quoted lines', () => {
    expect(newText('> Shall we talk?\nYes.\n> On Tuesday?\nRather Wednesday.')).toBe('Yes.\nRather Wednesday.');
  });

  it.each([
    'On Tuesday I wrote to you about the price.',
    'From: where I stand, it looks good.',
    'I wrote:\nnothing of the kind',
    '- yes\n- no',
  ])('leaves alone what only looks like a quote: %j', (text) => {
    expect(newText(text)).toBe(text);
  });

  it('of a mail that only quotes is nothing', () => {
    expect(newText(quoted)).toBe('');
  });

  it('is found in any text in little time, and cut twice is cut once', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('On', 'wrote:', '>', '--', 'From: x', 'To: y', '', 'On x', 'a'.repeat(2000), 'On '.repeat(500)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const once = newText(lines.join('\n'));
        expect(newText(once).length).toBeLessThanOrEqual(once.length);
      }),
    );
  });
});

describe('a raw mail', () => {
  it('in HTML alone is read without its markup and without what it quotes', async () => {
    const html =
      '<style>p{color:red}</style><p>Yes, <b>call</b> me.</p><img src="https://t.example/p.gif"><div class="gmail_quote"><div class="gmail_attr">On Monday Clara wrote:</div><blockquote>Hello</blockquote></div>';
    const mail = await readReplyMail(aRawReply({ 'Content-Type': 'text/html; charset=utf-8' }, html));
    expect(newText(mail?.text ?? '')).toBe('Yes, call me.');
  });

  it('does not take for the person’s words what is attached whole', async () => {
    const body = [
      '--b',
      'Content-Type: text/plain',
      '',
      'See below.',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Subject: Another',
      '',
      'A secret of somebody else',
      '--b--',
    ].join('\r\n');
    const mail = await readReplyMail(aRawReply({ 'Content-Type': 'multipart/mixed; boundary=b' }, body));
    expect(mail?.text.trim()).toBe('See below.');
  });

  it('broken or cut off anywhere never throws', async () => {
    const whole = aRawReply({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\n\r\nHello\r\n--b--');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.uint8Array({ maxLength: 200 }), async (at, noise) => {
        await readReplyMail(Buffer.concat([whole.subarray(0, at), noise]));
      }),
    );
    const bomb = Array.from(
      { length: 400 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    expect(await readReplyMail(Buffer.from(bomb.join('')))).toBeNull();
  });
});
