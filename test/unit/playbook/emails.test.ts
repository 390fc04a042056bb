import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { firstNameOf } from '../../../functions/leads/typed-text.ts';
import { EmailTemplate, type MessageView, renderEmail } from '../../../functions/nurture/email-template.ts';
import { renderFor } from '../../../functions/nurture/message.ts';
import { aLead } from '../../support/lead.ts';
import { shippedPlaybook } from '../../support/playbook.ts';

const baseUrl = 'https://mail.orchard.example';
const ways = { unsubscribeUrl: `${baseUrl}/u/token`, preferencesUrl: `${baseUrl}/preferences/token` };

let shipped: Awaited<ReturnType<typeof compilePlaybook>>['parts'];
beforeAll(async () => {
  shipped = (await compilePlaybook(shippedPlaybook)).parts;
});

const hostile = '<script>alert(1)</script> {{ 7 | times: 7 }} {% if x %} 🌱 \u202eשלום\u202c';
const long = 'Ümlaut'.repeat(34).slice(0, 200);

/** A colleague's messages are always about somebody: their views come with these. */
const team = {
  reasons: [{ points: '+25', text: 'booked', at: 'today' }],
  activities: [{ at: 'today', text: 'wrote' }],
  doNotEmail: false,
  qualifiedAt: 'today',
};

interface Reader {
  readonly who: string;
  readonly lead: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

const anybody = (text: string) => ({
  ...team,
  ...{ name: text, company: text, role: text, phone: '+55 11 5555 0100', email: 'ana@acme.example', score: 55 },
  ...{ why: text, link: `${baseUrl}/leads/1`, leadUrl: `${baseUrl}/leads/1`, url: `${baseUrl}/sending` },
  ...{ excerpt: text, reason: text, figures: text, confirmUrl: `${baseUrl}/confirm/token` },
  ...{ form: 'ebook', contractEnd: '2027-03-31', asset: { title: text, url: `${baseUrl}/p/your-ebook` } },
});

const readers: readonly Reader[] = [
  {
    who: 'somebody we know well',
    lead: { email: 'ana@acme.example', firstName: 'Ana', company: 'Acme', role: 'Head of Sales', industry: 'Varejo' },
    data: anybody('Acme'),
  },
  {
    who: 'somebody we know nothing of',
    lead: { email: 'a@acme.example' },
    // The hand-off calls somebody without a name by their address.
    data: { ...anybody(''), name: 'a@acme.example', form: undefined, contractEnd: undefined },
  },
  {
    who: 'somebody hostile',
    lead: {
      email: 'x@acme.example',
      firstName: firstNameOf(hostile),
      company: hostile,
      role: hostile,
      industry: hostile,
    },
    data: { ...anybody(hostile), form: hostile, contractEnd: hostile },
  },
  {
    who: 'somebody with endless names',
    lead: { email: 'x@acme.example', firstName: firstNameOf(long), company: long, role: long, industry: long },
    data: anybody(long),
  },
];

const cases = readers.flatMap((reader) => ['en', 'pt-BR'].map((language) => [reader.who, language, reader] as const));

function viewOf({ lead, data }: Reader): MessageView {
  return { lead, data, account: shipped.account, recipient: { name: 'Bruno' }, ...ways, baseUrl };
}

function eachEmail(language: string, look: (email: EmailTemplate) => void): void {
  const emails = shipped.emails.filter((email) => email.language === language);
  expect(emails.length).toBeGreaterThan(35);
  for (const email of emails) look(email);
}

describe.each(cases)('every e-mail to %s, in %s,', (_, language, reader) => {
  it('reads like one written by hand', () => {
    eachEmail(language, (email) => {
      const { subject, html, text } = renderEmail(email, viewOf(reader));
      const where = `${email.id}.${language}`;
      expect([...subject].length, `${where}: ${subject}`).toBeLessThanOrEqual(78);
      expect(subject, where).toMatch(/^\S.*\S$/u);
      for (const part of [subject, readable(html), withoutQuoted(text)]) {
        expect(part, where).not.toMatch(/undefined|null|NaN|\[object/);
        expect(part, where).not.toMatch(/\(\)| [,.!?:;](\s|$)|,,|(Hi|Hello|Olá) ?[,!.]{2}|(Hi|Olá,) {2}/);
      }
      expect(text, where).not.toMatch(/\n{4,}|[^\n ] {2,}[^\n ]/);
      expect(text.trim().length, where).toBeGreaterThan(200);
    });
  });

  it('has its ways out, each once, in both parts', () => {
    eachEmail(language, (email) => {
      const { html, text } = renderEmail(email, viewOf(reader));
      const where = `${email.id}.${language}`;
      for (const part of [html, text]) {
        expect(part.split(ways.unsubscribeUrl), where).toHaveLength(2);
        expect(part, where).toContain(shipped.account.postalAddress);
        if (email.audience === 'lead') expect(part, where).toContain(ways.preferencesUrl);
      }
    });
  });

  it('leads nowhere but where it says', () => {
    eachEmail(language, (email) => {
      const { html } = renderEmail(email, viewOf(reader));
      for (const [, href = '', label = ''] of html.matchAll(/<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)) {
        expect(href, `${email.id}.${language}`).toMatch(/^(https:\/\/mail\.orchard\.example(\/|$)|mailto:.|tel:.)/);
        expect(label.trim(), `${email.id}.${language}: ${href}`).not.toBe('');
      }
    });
  });

  it('is markup of ours alone', () => {
    eachEmail(language, (email) => {
      const { html } = renderEmail(email, viewOf(reader));
      const where = `${email.id}.${language}`;
      expect(html, where).toContain(`lang="${language}"`);
      // Every angle bracket that a person typed is escaped.
      expect(html, where).not.toMatch(/<script/);
      expect(html, where).toContain('prefers-color-scheme: dark');
      expect(html, where).not.toMatch(/<img\b/);
    });
  });
});

/** The words of the HTML part: no styles, no markup. */
function readable(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<!--[\s\S]*?-->|<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
}

/** What a person typed themselves is theirs to space. */
function withoutQuoted(text: string): string {
  return text.replaceAll(hostile, 'x');
}

describe('an e-mail that a stranger asked for in somebody’s name', () => {
  const link = fc.constantFrom(
    'https://evil.test/x',
    'evil.test',
    'www.evil',
    'evil\u3002test',
    'ev\u200bil\uff0etest',
    'me@evil',
  );
  const call = fc.constantFrom(
    'Call 0800 555 5555 evil',
    '+55 (11) 5555-0100 evil',
    '\uff15\uff15\uff15\uff15\uff10\uff11 evil',
  );
  const glue = fc.constantFrom(
    '',
    ' ',
    '\u00a0',
    '\u3000',
    '\u2003',
    '\u202e',
    '\ufe0f',
    '\r\nBcc: ',
    'Win! ',
    '<a href=',
  );
  const hostileText = fc.tuple(glue, fc.oneof(link, call), glue).map((parts) => parts.join(''));

  it('I-F1 says nothing of the stranger’s, in any part', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const attributes = { name: text, company: text, role: text, industry: text, phone: text, country: text };
        const data = { form: text, contractEnd: text, confirmUrl: `${baseUrl}/confirm/x` };
        for (const template of shipped.emails.filter(({ audience }) => audience === 'lead')) {
          const lead = aLead({ attributes });
          const rendering = { template, lead, language: template.language, account: shipped.account, data, baseUrl };
          const { subject, html, text: plain } = renderFor({ ...rendering, links: ways });
          const bare = [subject, html, plain, firstNameOf(text)]
            .join(' ')
            .replace(/\p{Default_Ignorable_Code_Point}/gu, '');
          expect(bare, `${template.id}.${template.language}`).not.toMatch(/evil|5555|\uff15{4}|Bcc/);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('I-F1 a colleague reads what was typed, as it was typed', () => {
    const template = EmailTemplate.parse({
      ...{ id: 'told', language: 'en', audience: 'team', subject: 'Told' },
      html: '{{ lead.company }} {{ account.postalAddress }} {{ unsubscribeUrl }}',
      text: '{{ lead.company }} {{ account.postalAddress }} {{ unsubscribeUrl }}',
    });
    const lead = aLead({ attributes: { company: '<b>evil.test</b>' } });
    const rendered = renderFor({
      template,
      lead,
      language: 'en',
      account: shipped.account,
      data: {},
      baseUrl,
      links: ways,
    });
    expect(rendered.text).toContain('<b>evil.test</b>');
    expect(rendered.html).toContain('&lt;b&gt;evil.test&lt;/b&gt;');
  });
});

describe('what the shipped e-mails say', () => {
  const rendered = (id: string, language: string, lead: object, data: object = {}) => {
    const email = shipped.emails.find((each) => each.id === id && each.language === language);
    if (!email) throw new Error(`no e-mail ${id}.${language}`);
    return renderEmail(email, viewOf({ who: '', lead: { ...lead }, data: { ...data } })).text;
  };

  it('B6 calls the person by name, and by no name whom we do not know', () => {
    expect(rendered('welcome-1', 'en', { firstName: 'Ana' })).toContain('Hi Ana,');
    expect(rendered('welcome-1', 'en', {})).toContain('Hi there,');
    expect(rendered('welcome-1', 'pt-BR', { firstName: 'Ana' })).toContain('Olá, Ana!');
    expect(rendered('welcome-1', 'pt-BR', {})).toContain('Olá, tudo bem!');
  });

  it('B6 speaks of what the person did', () => {
    const answerTo = (form: string) => rendered('welcome-1', 'en', {}, { form });
    expect(answerTo('ebook')).toContain('Your handbook is in an e-mail of its own');
    expect(answerTo('checklist')).toContain('Your checklist is in an e-mail of its own');
    expect(new Set([answerTo('ebook'), answerTo('checklist'), answerTo('newsletter'), answerTo('another')]).size).toBe(
      4,
    );
  });

  it('never says that the letter is still to come that comes beside it', () => {
    expect(rendered('welcome-1', 'en', {}, { form: 'newsletter' })).toContain(
      'the latest letter is in an e-mail of its own',
    );
    expect(rendered('welcome-1', 'pt-BR', {}, { form: 'newsletter' })).toContain(
      'a carta mais recente vai em um e-mail',
    );
  });

  it('says where it is eleven o’clock as soon as it names the hour', () => {
    for (const { id, language, subject } of shipped.emails)
      if (/11(h|:00)/.test(subject)) expect(subject, `${id}.${language}`).toContain('São Paulo');
  });

  it('B6 speaks of the person’s business, and of several where it is not known', () => {
    expect(rendered('case-study-2', 'en', { industry: 'Retail' })).toContain('In retail the signal');
    expect(rendered('case-study-2', 'pt-BR', { industry: 'Varejo de moda' })).toContain('No varejo, o sinal');
    expect(rendered('case-study-2', 'en', { industry: 'Beekeeping' })).toContain('Where the decision is quick');
    expect(rendered('case-study-2', 'pt-BR', {})).toContain('Onde a decisão é rápida');
  });

  it('I-F1 asks for a confirmation without a word the visitor typed', () => {
    const typed = { firstName: 'Ana', company: 'Acme', role: 'Boss' };
    const data = { confirmUrl: `${baseUrl}/confirm/token` };
    for (const language of ['en', 'pt-BR']) {
      expect(rendered('confirm', language, typed, data)).toBe(rendered('confirm', language, {}, data));
      expect(rendered('confirm', language, typed, data)).toContain(data.confirmUrl);
    }
  });

  it('says the day a contract ends as people write it', () => {
    const data = { contractEnd: '2027-03-31' };
    expect(rendered('renewal-1', 'en', {}, data)).toContain('runs until 31 March 2027.');
    expect(rendered('renewal-1', 'pt-BR', {}, data)).toContain('vai até 31/03/2027.');
  });
});

describe('the shipped sequences', () => {
  it('A4, N2 begin by what a lead asked for: every form that asks for marketing consent, or for a person', () => {
    const begun = Object.entries(shipped.forms.forms).map(([form, { funnelStage, explicitRequest, records }]) => {
      const properties = { form, funnelStage, explicitRequest, solution: funnelStage !== 'TOFU' };
      const first = shipped.sequences.filter(
        ({ entry, steps }) =>
          steps[0]?.kind === 'email' &&
          entry.some((one) =>
            'milestone' in one ? records.includes(`${one.milestone}.started`) : [one.where.form].flat().includes(form),
          ),
      );
      return [properties.explicitRequest ? 'sales' : first.map(({ id }) => id).join(), form];
    });
    expect(Object.fromEntries(begun.map(([sequence, form]) => [form, sequence]))).toEqual({
      ebook: 'welcome',
      checklist: 'welcome',
      newsletter: 'welcome',
      webinar: 'webinar',
      'case-study': 'case-study',
      demo: 'sales',
      consultation: 'sales',
      trial: 'trial-upgrade',
    });
  });

  it('N13 end at a hand-off, all of them; and when the lead buys, but for the renewal', () => {
    for (const { id, exits } of shipped.sequences) {
      expect(exits, id).toContain('handed-off');
      if (id !== 'renewal') expect(exits, id).toEqual(['handed-off', 'converted', 'replied']);
    }
  });

  it('put what somebody is about to buy before what they may like to learn', () => {
    const inOrder = shipped.sequences.toSorted((a, b) => b.priority - a.priority).map(({ id }) => id);
    expect(inOrder.indexOf('trial-upgrade')).toBeLessThan(inOrder.indexOf('case-study'));
    expect(inOrder.indexOf('case-study')).toBeLessThan(inOrder.indexOf('welcome'));
    expect(inOrder.indexOf('welcome')).toBeLessThan(inOrder.indexOf('engagement'));
    expect(inOrder.at(-1)).toBe('re-engagement');
  });
});
