import { describe, expect, it } from 'vitest';
import {
  EmailTemplate,
  type MessageView,
  renderEmail,
  templateFor,
} from '../../../functions/nurture/email-template.ts';

const footer = '{{ account.postalAddress }} {{ unsubscribeUrl }}';
const written = { id: 'welcome', language: 'en', subject: 'Hello', html: `<p>${footer}</p>`, text: footer };
const view: MessageView = {
  lead: { firstName: 'Ana', company: '<b>Acme & Co</b>' },
  account: { name: 'Ripen', postalAddress: 'Rua A, 1' },
  recipient: { name: 'Ana' },
  data: {},
  unsubscribeUrl: 'https://example.com/u/t',
  preferencesUrl: 'https://example.com/preferences/t',
  baseUrl: 'https://example.com',
};
const rendered = (parts: Partial<typeof written>) => renderEmail(EmailTemplate.parse({ ...written, ...parts }), view);

describe('an e-mail template', () => {
  it('I-X1 escapes what a person typed in the HTML part, and only there', () => {
    const email = rendered({ html: `<p>{{ lead.company }}</p>${footer}`, text: `{{ lead.company }} ${footer}` });
    expect(email.html).toContain('<p>&lt;b&gt;Acme &amp; Co&lt;/b&gt;</p>');
    expect(email.text).toContain('<b>Acme & Co</b>');
  });

  it('I-X1 has no way around the escaping', () => {
    const result = EmailTemplate.safeParse({ ...written, html: `{{ lead.company | raw }}${footer}` });
    expect(result.error?.issues[0]?.message).toContain('undefined filter: raw');
  });

  it('I-M4 keeps line breaks out of the subject', () => {
    const template = EmailTemplate.parse({ ...written, subject: 'Hi {{ lead.firstName }}' });
    const email = renderEmail(template, { ...view, lead: { firstName: 'A\r\nBcc: x@example.com' } });
    expect(email.subject).toBe('Hi A Bcc: x@example.com');
  });

  it('falls back where the lead has not said', () => {
    expect(rendered({ subject: 'Hi {{ lead.nickname | default: "there" }}' }).subject).toBe('Hi there');
  });

  it('I-M4 refuses an e-mail without the way out and the postal address, in either part', () => {
    const result = EmailTemplate.safeParse({ ...written, html: '<p>{{ account.postalAddress }}</p>', text: 'hi' });
    expect(result.error?.issues.map(({ path, message }) => `${path}: ${message.slice(0, 40)}`)).toEqual([
      'html: show {{ unsubscribeUrl }}: every e-mail ',
      'text: show {{ unsubscribeUrl }}: every e-mail ',
      'text: show {{ account.postalAddress }}: every ',
    ]);
    expect(EmailTemplate.safeParse({ ...written, audience: 'team', html: 'hi', text: 'hi' }).success).toBe(false);
  });

  it('refuses a variable nobody fills in', () => {
    const result = EmailTemplate.safeParse({ ...written, subject: 'Hi {{ contact.name }}' });
    expect(result.error?.issues[0]?.message).toMatch(/^\{\{ contact\.name \}\} is not known here/);
  });

  it('refuses to read files', () => {
    const result = EmailTemplate.safeParse({ ...written, html: `{% include '/etc/hostname' %}${footer}` });
    expect(result.error?.issues[0]?.message).toContain('ENOENT');
  });

  it('is chosen in the language of the reader, then the region, then the account, then any', () => {
    const all = ['en', 'pt-BR'].map((language) => EmailTemplate.parse({ ...written, language }));
    const chosen = (...languages: (string | undefined)[]) => templateFor(all, 'welcome', languages).language;
    expect(chosen('pt-BR', 'en')).toBe('pt-BR');
    expect(chosen('pt', 'en')).toBe('pt-BR');
    expect(chosen('fr', 'pt-BR')).toBe('pt-BR');
    expect(chosen(undefined)).toBe('en');
    expect(() => templateFor(all, 'farewell', ['en'])).toThrow('no e-mail farewell');
  });
});
