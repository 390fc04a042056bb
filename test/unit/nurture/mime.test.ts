import * as fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
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

async function readBack(order: Order, lead = aLead(), sender = account) {
  const raw = (await toMime(messageFor(order, lead, sender), now)).toString('latin1');
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

describe('a message to a colleague', () => {
  it('is not tracked and says nothing about the lead’s opens, and has its own way out', async () => {
    const message = messageFor(toRep);
    expect(message.tracked).toBe(false);
    expect(message.tags.lead).toBeUndefined();
    const { email, header } = await readBack(toRep);
    expect(email.to).toEqual([{ name: 'Rita 🚀 Dias', address: 'rita@orchard.example' }]);
    expect(header('list-unsubscribe')).toHaveLength(1);
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
