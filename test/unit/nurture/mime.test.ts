import * as fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../../functions/leads/email-address.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { EmailTemplate, templateFor } from '../../../functions/nurture/email-template.ts';
import { deliverableAddress, hasMailbox, toMessage } from '../../../functions/nurture/message.ts';
import { toMime } from '../../../functions/nurture/mime.ts';
import { claim, Order } from '../../../functions/nurture/send.ts';
import { account } from '../../support/forms.ts';
import { aLead, monday } from '../../support/lead.ts';
import { emails } from '../../support/nurture.ts';

const now = Date.parse(monday);
// As long as real ones are: longer than a line of a header.
const unsubscribeUrl = `https://mail.orchard.example/u/${'abcdefgh'.repeat(20)}.${'x'.repeat(43)}`;
const toLead = Order.parse({
  leadId: 'lead-ana',
  sequence: 'welcome',
  run: 'r1',
  step: 1,
  template: 'welcome-1',
  language: 'en',
  to: { kind: 'lead' },
  data: {},
  policy: 'atMostOnce',
  purpose: 'marketing',
});
const toRep: Order = {
  ...toLead,
  sequence: 'handoff',
  template: 'hot-lead',
  to: { kind: 'team', email: 'rita@orchard.example', name: 'Rita 🚀 Dias' },
  data: { name: 'Ana' },
  purpose: 'team',
};

function messageFor(order: Order, lead = aLead(), sender = account, templates = emails) {
  return toMessage({
    order,
    send: claim(null, order, 'token-1', now),
    lead: order.to.kind === 'lead' ? lead : null,
    template: templateFor(templates, order.template, [order.language]),
    account: sender,
    baseUrl: 'https://mail.orchard.example',
    links: {
      unsubscribeUrl,
      preferencesUrl: 'https://mail.orchard.example/preferences/t',
      linkIdOf: (link) => `id.${link}`,
    },
  });
}

async function readBack(order: Order, lead = aLead(), sender = account, templates = emails) {
  const raw = (await toMime(messageFor(order, lead, sender, templates), now)).toString('latin1');
  const email = await PostalMime.parse(Buffer.from(raw, 'latin1'));
  const header = (name: string) => email.headers.filter(({ key }) => key === name).map(({ value }) => value);
  return { raw, email, header };
}

describe('the links of a message', () => {
  const body = '<a href="{{ baseUrl }}/p/pricing">Prices</a> <a href="https://example.com/">Elsewhere</a>';
  const footer = '<a href="{{ unsubscribeUrl }}">Stop</a> {{ account.postalAddress }}';
  const written = (audience: 'lead' | 'team', id: string) =>
    EmailTemplate.parse({
      ...{ id, language: 'en', audience, subject: 'Hello' },
      html: `<html><body>${body} ${footer}</body></html>`,
      text: `Prices ({{ baseUrl }}/p/pricing) {{ unsubscribeUrl }} {{ account.postalAddress }}`,
    });
  const templates = [written('lead', 'welcome-1'), written('team', 'hot-lead')];

  it('to a lead say which link of ours they are, and one among them is for machines', () => {
    const { html, text, unsubscribeUrl: way } = messageFor(toLead, aLead(), account, templates);
    expect(html.match(/href="[^"]*"/g)).toEqual([
      'href="https://mail.orchard.example/p/machines"',
      'href="https://mail.orchard.example/p/pricing?ripen_lid=id.1"',
      'href="https://example.com/"',
      `href="${way}"`,
    ]);
    expect(text).toContain('(https://mail.orchard.example/p/pricing?ripen_lid=id.1)');
    expect(text).not.toContain('machines');
  });

  it('to a site of the account’s say it too', () => {
    const { html } = messageFor(toLead, aLead(), { ...account, sites: ['example.com'] }, templates);
    expect(html).toContain('href="https://example.com/?ripen_lid=id.2"');
  });

  it('to a colleague say nothing', () => {
    const { html, text } = messageFor(toRep, aLead(), account, templates);
    expect(html + text).not.toMatch(/ripen_lid|machines/);
  });
});

describe('a message to a lead', () => {
  it('I-M4 has a text part, an HTML part, the postal address in both, and one recipient', async () => {
    const { email } = await readBack(toLead);
    expect(email.to).toEqual([{ name: 'Ana', address: 'Ana@example.com' }]);
    expect([email.cc, email.bcc]).toEqual([undefined, undefined]);
    expect(email.text).toContain('Rua das Laranjeiras');
    expect(email.html).toContain('Rua das Laranjeiras');
    expect(email.text).toContain(unsubscribeUrl);
  });

  it('I-M4 carries both unsubscribe headers of RFC 8058, whole', async () => {
    const { header } = await readBack(toLead);
    expect(header('list-unsubscribe')).toEqual([`<${unsubscribeUrl}>`]);
    expect(header('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  });

  it('writes emoji and accents so that they are read as written', async () => {
    const { email } = await readBack(toLead, aLead({ attributes: { name: 'Zoë' } }), {
      ...account,
      senderName: 'Clara 🌳',
    });
    expect(email.subject).toBe('welcome-1 for Zoë 🌱');
    expect(email.from).toEqual({ name: 'Clara 🌳', address: 'hello@orchard.example' });
    expect(email.to?.[0]?.name).toBe('Zoë');
  });

  it('names itself to SES: lead, sequence, run, step, claim and template', () => {
    const { tags, tracked } = messageFor(toLead);
    expect(tracked).toBe(true);
    expect(tags).toEqual({
      lead: 'lead-ana',
      sequence: 'welcome',
      run: 'r1',
      step: '1',
      send: 'token-1',
      template: 'welcome-1',
    });
  });

  it('I-M4 lets no line break into a header, whatever a person typed', async () => {
    const evil = fc.array(
      fc.constantFrom('\r', '\n', '\u2028', 'Bcc: eve@example.com', ' ', 'a', 'ä', '"', '<', '>', ','),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(evil, async (parts) => {
        const name = parts.join('');
        const { email, raw } = await readBack(toLead, aLead({ attributes: { name } }), {
          ...account,
          senderName: name,
        });
        expect(email.bcc).toBeUndefined();
        expect(email.to).toHaveLength(1);
        expect(email.to?.[0]?.address).toBe('Ana@example.com');
        expect(raw.split('\r\n\r\n')[0]?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('whatever people write about themselves', () => {
  const breaks = ['\r', '\n', '\r\n', '\u0000', '\u0085', '\u2028', '\u2029', '\v', '\f', '\t'];
  const smuggled = [
    'Bcc: eve@example.com',
    'Content-Type: text/html',
    '\r\n\r\n<h1>body</h1>',
    // An encoded word that decodes to a new header.
    '=?utf-8?Q?=0D=0ABcc:_eve@example.com?=',
    '=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=',
    '<eve@example.com>',
    '"; eve@example.com',
    ', eve@example.com',
    '%0d%0aBcc:eve@example.com',
  ];
  const letters = [
    'a',
    'Zoë',
    '👩‍👩‍👧',
    '🌳',
    'ß',
    'İ',
    '\u202e',
    '\ud83d',
    '"',
    "'",
    '<',
    '>',
    '@',
    ',',
    ';',
    '\\',
    ' ',
  ];
  const hostile = fc
    .array(fc.oneof(fc.constantFrom(...breaks, ...smuggled, ...letters), fc.string({ unit: 'binary' })), {
      maxLength: 8,
    })
    .map((parts) => parts.join(''));

  const headersIn = (raw: string) =>
    (raw.split('\r\n\r\n')[0] ?? '')
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]?.toLowerCase())
      .sort();
  const written = EmailTemplate.array().parse([
    {
      ...{ id: 'welcome-1', language: 'en', subject: '{{ lead.name }}, {{ lead.company }} and {{ data.asset.title }}' },
      html: '<p title="{{ lead.company }}">{{ lead.name }}</p>{{ account.postalAddress }} {{ unsubscribeUrl }}',
      text: '{{ lead.name }} {{ lead.company }} {{ account.postalAddress }} {{ unsubscribeUrl }}',
    },
  ]);

  it('I-M4 the headers are ours alone, each once, and there is one recipient', async () => {
    const usual = headersIn((await readBack(toLead)).raw);
    expect(usual).toEqual([...new Set(usual)]);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (name, company, senderName) => {
        const lead = aLead({ attributes: { name, company } });
        const order = { ...toLead, data: { asset: { title: company } } };
        const { raw, email } = await readBack(order, lead, { ...account, senderName }, written);
        expect(headersIn(raw)).toEqual(usual);
        expect(email.to?.map(({ address }) => address)).toEqual(['Ana@example.com']);
        expect([email.cc, email.bcc]).toEqual([undefined, undefined]);
        expect(email.from?.address).toBe('hello@orchard.example');
        expect(email.subject).not.toMatch(/[\r\n\u2028\u2029]/);
        // No line of a mail is longer than servers take (RFC 5322 § 2.1.1), and each ends as it should.
        for (const line of raw.split('\r\n')) expect(line).toMatch(/^[^\r\n]{0,998}$/);
      }),
      { numRuns: 300 },
    );
  });

  it('a colleague’s name does no more than theirs', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const { email } = await readBack({
          ...toRep,
          to: { kind: 'team', email: 'rita@orchard.example', name },
          data: { name },
        });
        expect(email.to?.map(({ address }) => address)).toEqual(['rita@orchard.example']);
        expect([email.cc, email.bcc]).toEqual([undefined, undefined]);
      }),
      { numRuns: 100 },
    );
  });

  it('I-X1 is text: no template runs in it, and no markup', async () => {
    const name = '{{ account }}{% if true %}x{% endif %}<script>alert()</script>';
    const lead = aLead({ attributes: { name, company: '"onload="alert()' } });
    const { email } = await readBack(toLead, lead, account, written);
    expect(email.subject).toContain('{{ account }}{% if true %}x{% endif %}');
    expect(email.text).toContain(name);
    expect(email.html).not.toContain('<script>');
    expect(email.html).toContain('&lt;script&gt;');
    expect(email.html).toContain('title="&#34;onload=&#34;alert()"');
  });

  it('may be missing: nothing is left out but the word itself', async () => {
    const without: readonly Lead['attributes'][] = [
      {},
      { name: '' },
      { name: null },
      { name: ['a'] },
      { name: { first: 'x' } },
    ];
    for (const attributes of without) {
      const { email } = await readBack(toLead, aLead({ attributes }));
      expect(email.subject).toBe('welcome-1 for you 🌱');
      expect(email.html).toContain('Hello there');
      expect(`${email.subject}${email.html}${email.text}`).not.toMatch(/undefined|null|\[object/);
      expect(email.to).toEqual([{ name: '', address: 'Ana@example.com' }]);
    }
  });

  const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(53)}.example`;
  it.each([
    ['as long as they get: 64 characters, an @ and 253', longest],
    ['with a tag', 'ana+ripen@example.com'],
    ['of strange and allowed letters', "o'brien!#$%&*=?^_`{|}~-@example.com"],
    ['with dots', 'a.n.a@mail.example.com'],
    ['from another alphabet', 'Ana@xn--bcher-kva.example'],
    ['from Arabic', 'ana@xn--mgbh0fb.example'],
  ])('mail goes to an address %s as it is', async (_, address) => {
    expect(normaliseEmail(address)).toBe(address.toLowerCase());
    const lead = aLead({ email: address.toLowerCase(), emailAsTyped: address });
    const { email } = await readBack(toLead, lead);
    expect(email.to).toEqual([{ name: 'Ana', address }]);
  });

  it('an address of 320 characters, which no mail server takes, is refused whole and never cut', () => {
    expect(normaliseEmail(`${longest.replace('@', '@x.')}`)).toBeNull();
    expect(normaliseEmail(`a${longest}`)).toBeNull();
  });

  it('is said as it was written: families of emoji, accents, letters from right to left', async () => {
    for (const name of ['👩‍👩‍👧‍👦', '🇧🇷', 'Zoë', 'Zoë', 'José', 'محمد', '山田', 'Ólafur']) {
      const { email } = await readBack(toLead, aLead({ attributes: { name } }));
      expect(email.subject).toBe(`welcome-1 for ${name} 🌱`);
      expect(email.to?.[0]?.name).toBe(name);
      expect(email.html).toContain(`Hello ${name}`);
      expect(email.text).toContain(`Hello ${name}`);
    }
  });
});

describe('a message to a colleague', () => {
  it('is not tracked and says nothing about the lead’s opens, and has its own way out', async () => {
    const message = messageFor(toRep);
    expect(message.tracked).toBe(false);
    expect(message.tags.lead).toBeUndefined();
    const { email, header } = await readBack(toRep);
    expect(email.to).toEqual([{ name: 'Rita 🚀 Dias', address: 'rita@orchard.example' }]);
    expect(email.text).toContain(unsubscribeUrl);
    expect(email.html).toContain('/u/');
    // One press by whoever it is forwarded to would silence the rep for good.
    expect([...header('list-unsubscribe'), ...header('list-unsubscribe-post')]).toEqual([]);
  });

  it('I-M4 never reaches a lead: its template is not written for one', () => {
    expect(() => messageFor({ ...toLead, template: 'hot-lead' })).toThrow('is not for a lead');
  });
});

describe('where mail goes', () => {
  it.each([
    ['Ana.Souza@Example.com', 'ana.souza@example.com', 'Ana.Souza@example.com'],
    [' ana@example.com', 'ana@example.com', 'ana@example.com'],
    ['Ana@bücher.example', 'ana@xn--bcher-kva.example', 'Ana@xn--bcher-kva.example'],
    ['eve@example.com', 'ana@example.com', 'ana@example.com'],
    ['ana@example.com\r\nBcc: eve@example.com', 'ana@example.com', 'ana@example.com'],
    ['', 'ana@example.com', 'ana@example.com'],
  ])('typed %j: known as %s, sent to %s', (emailAsTyped, email, address) => {
    expect(deliverableAddress({ email, emailAsTyped })).toBe(address);
  });

  it('is nowhere for an address that stands in for none', () => {
    expect(hasMailbox(toLead, aLead({ email: 'row-7@example.invalid' }))).toBe(false);
    expect(hasMailbox(toLead, null)).toBe(false);
    expect(hasMailbox(toLead, aLead())).toBe(true);
  });
});
