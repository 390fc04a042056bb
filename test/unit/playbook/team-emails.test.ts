import { beforeAll, describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { toMessage } from '../../../functions/nurture/message.ts';
import { Send } from '../../../functions/nurture/send.ts';
import { monday } from '../../support/lead.ts';
import { shippedPlaybook } from '../../support/playbook.ts';
import { aHostileLead } from '../handoff/a-told-lead.ts';

const baseUrl = 'https://mail.orchard.example';

let shipped: Awaited<ReturnType<typeof compilePlaybook>>['parts'];
beforeAll(async () => {
  shipped = (await compilePlaybook(shippedPlaybook)).parts;
});

/** What a colleague gets of a template with this data. */
function told(id: string, data: Parameters<typeof toMessage>[0]['order']['data'], language = 'en') {
  const template = shipped.emails.find((email) => email.id === id && email.language === language);
  if (!template) throw new Error(`no e-mail ${id}.${language}`);
  const name = { leadId: 'lead-ana', sequence: id, run: '1', step: 1, template: id, purpose: 'team' as const };
  return toMessage({
    order: {
      ...name,
      language,
      to: { kind: 'team', email: 'rita@orchard.example', name: 'Rita' },
      data,
      policy: 'atLeastOnce',
    },
    send: Send.parse({
      ...{ ...name, status: 'claimed', token: 't', leaseUntil: monday, attempts: 1, firstAt: monday, at: monday },
      resent: false,
    }),
    lead: null,
    template,
    account: shipped.account,
    baseUrl,
    links: { unsubscribeUrl: `${baseUrl}/u/t`, preferencesUrl: `${baseUrl}/preferences/t`, linkIdOf: String },
  });
}

describe('the news of a reply', () => {
  const reply = {
    ...{ name: 'Ana Souza', email: 'ana@example.com', replyTo: 'ana@example.com', excerpt: 'Call me.' },
    ...{ verified: true, colleague: false, readable: true, optOut: false, lastOfDay: false },
  };

  it('is answered to whoever wrote it by pressing Reply, and to us where that is no address', () => {
    expect(told('reply', reply).replyTo).toBe('ana@example.com');
    for (const replyTo of [
      'nobody',
      'a@b.example, c@d.example',
      'ana@gone.invalid',
      'x@y.example\r\nBcc: z@y.example',
      7,
    ])
      expect(told('reply', { ...reply, replyTo }).replyTo).toBe(shipped.account.replyTo);
  });

  it.each([
    ['a person', {}, 'wrote back', 'press Reply to answer'],
    ['somebody unproven', { verified: false }, 'wrote back', 'not proven'],
    ['who wants no more', { optOut: true }, 'asked to be taken off', 'have been unsubscribed'],
    ['what cannot be read', { readable: false, verified: false, excerpt: '' }, 'wrote back', 'could not be read'],
    ['the tenth of a day', { lastOfDay: true }, 'wrote back', 'on the lead’s page'],
  ])('says what is known of %s', (_, given, title, text) => {
    const message = told('reply', { ...reply, ...given });
    expect(message.subject).toBe(`Ana Souza ${title}`);
    expect(message.text).toContain(text);
  });

  it('says so in Portuguese', () => {
    const message = told('reply', { ...reply, optOut: true }, 'pt-BR');
    expect(message.subject).toBe('Ana Souza pediu para sair');
    expect(message.text).toContain('a assinatura foi cancelada');
  });
});

describe('the news of a hot lead', () => {
  const lead = {
    ...{
      name: 'Ana Souza',
      email: 'ana@example.com',
      phone: '',
      company: '',
      role: '',
      score: 20,
      qualifiedAt: 'today',
    },
    ...{ reasons: [], activities: [], doNotEmail: true, link: `${baseUrl}/leads/1` },
  };
  const wrote = { why: 'They wrote back.', wroteBack: true, said: 'Call me <on> Tuesday.' };

  it.each([
    ['en', 'They wrote:'],
    ['pt-BR', 'A pessoa escreveu:'],
  ])('quotes the reply that brought them, in %s', (language, quotes) => {
    const { html, text } = told('hot-lead', { ...lead, ...wrote }, language);
    expect(text).toContain(quotes);
    expect(text).toContain('“Call me <on> Tuesday.”');
    expect(html).toContain('“Call me &lt;on&gt; Tuesday.”');
  });

  it('quotes nothing of who asked by a form', () => {
    const { text } = told('hot-lead', { ...lead, why: 'They asked to talk to us.', wroteBack: false, said: '' });
    expect(text).not.toContain('They wrote:');
  });

  it.each(['en', 'pt-BR'])('has the buttons, and both are links to a page, in %s', (language) => {
    const urls = { acceptUrl: `${baseUrl}/h/t#accept`, rejectUrl: `${baseUrl}/h/t#reject` };
    const { html, text } = told('hot-lead', { ...lead, ...urls, why: 'They asked.' }, language);
    for (const url of Object.values(urls)) {
      expect(html).toContain(`href="${url}"`);
      expect(text).toContain(`(${url})`);
    }
    expect(html).not.toContain('<form');
  });

  it('shows a reply to send with its lines, and nothing of it where they may not be written to', () => {
    const replyText = 'Hi <Ana>,\n\nThank you.';
    const mailto = 'mailto:ana@example.com?subject=S&body=B';
    const { html, text } = told('hot-lead', { ...lead, why: 'They asked.', replyText, mailto });
    expect(html).toContain('Hi &lt;Ana&gt;,\n\nThank you.');
    expect(html).toContain('href="mailto:ana@example.com?subject=S&amp;body=B"');
    expect(text).toContain(replyText);
    expect(told('hot-lead', { ...lead, why: 'They asked.', replyText: '' }).text).not.toContain('ready to send');
  });

  it('survives a lead who typed attacks into everything', () => {
    const { html, subject } = told('hot-lead', aHostileLead());
    expect(html).not.toMatch(/<script|<at>|<!channel/);
    expect(html).not.toContain('href="https://evil.example');
    expect([...subject].length).toBeLessThanOrEqual(200);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('short news', () => {
  it.each([
    ['handoff-news', { headline: '<b>Ana</b> has asked again.', openUrl: `${baseUrl}/h/t` }],
    [
      'channel-broken',
      { headline: '<b>Ana</b> has asked again.', text: 'T', detail: 'HTTP 404', url: `${baseUrl}/h/t` },
    ],
  ])('is told by %s with the way to more', (id, data) => {
    for (const language of ['en', 'pt-BR']) {
      const { html, subject, text } = told(id, data, language);
      expect(subject).toBe('<b>Ana</b> has asked again.');
      expect(html).toContain('&lt;b&gt;Ana');
      expect(html).toContain(`href="${baseUrl}/h/t"`);
      expect(text).toContain(`(${baseUrl}/h/t)`);
    }
  });
});
