import { expect, it } from 'vitest';
import { readyReply } from '../../../functions/handoff/ready-reply.ts';
import { attacks, toldOf } from './a-told-lead.ts';

const account = { name: 'Orchard', language: 'pt-BR' };
const maria = { email: 'maria@example.com', attributes: { name: 'Maria Prado' }, language: 'en' };

it('answers in the lead’s language, with the rep’s booking link', () => {
  const reply = readyReply(maria, 'asked', { name: 'Ana Souza', bookingUrl: 'https://cal.example/ana' }, account);
  expect(reply.text).toBe(
    [
      'Hi Maria,',
      'Thank you for getting in touch with Orchard. I am the person who helps you from here.',
      'Choose a time that suits you, and we talk about it: https://cal.example/ana',
      'Best regards,\nAna Souza\nOrchard',
    ].join('\n\n'),
  );
  expect(readyReply({ ...maria, language: null }, 'wrote', { name: 'Ana' }, account)).toMatchObject({
    language: 'pt-BR',
    subject: 'Seu e-mail',
    text: expect.stringContaining('Quando seria bom'),
  });
});

it('opens in a mail program as it stands, whatever the lead calls themselves', () => {
  const hostile = { ...maria, email: "o'hara+a&b@example.com", attributes: { name: attacks } };
  const { mailto, text, subject } = readyReply(hostile, 'interested', { name: 'Ana' }, account);
  const url = new URL(mailto);
  expect(decodeURIComponent(url.pathname)).toBe("o'hara+a&b@example.com");
  expect([...url.searchParams.keys()]).toEqual(['subject', 'body']);
  expect(url.searchParams.get('subject')).toBe(subject);
  expect(url.searchParams.get('body')).toBe(text.replaceAll('\n', '\r\n'));
  expect(text).toMatch(/^Hello,\n/);
});

it('is not offered for somebody who may not be written to', () => {
  const { replyText, replySubject, mailto } = toldOf({}, { consent: {} });
  expect([replyText, replySubject, mailto]).toEqual(['', '', '']);
  expect(toldOf().replyText).toContain('Hi Maria,');
});
