import { describe, expect, it } from 'vitest';
import type { SendView } from '../../../functions/nurture/read-enrollments.ts';
import { emailFrame } from '../../../functions/web/email-frame.ts';
import { emailPreviewPage } from '../../../functions/web/email-preview-page.ts';
import { enrollmentList } from '../../../functions/web/enrollment-list.ts';
import { sequencePage } from '../../../functions/web/sequence-page.ts';
import { sequencesPage } from '../../../functions/web/sequences-page.ts';
import { anEmailPreviewView, aSequencePageView } from './a-sequence.ts';
import { frame, inPortuguese } from './sample-pages.ts';

const state = aSequencePageView(frame).state;

describe('a sequence’s page', () => {
  const page = sequencePage(aSequencePageView(frame));

  it('draws every step as one list, numbered as walks and reports number them', () => {
    const steps = [...page.matchAll(/<strong>(\d+)\. /g)].map(([, number]) => Number(number));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(page).toContain('3. Wait until they have clicked a link in an e-mail, at most 3 days');
    expect(page).toContain('5. Score is above 40?');
    expect(page).toContain('It happened');
    expect(page).toContain('href="/emails/engagement-1b?lang=en"');
  });

  it('says where most are lost, who is where, and why they are not further', () => {
    expect(page).toContain('Most are lost here.');
    expect(page).toContain('are lost before the next one (');
    expect(page).toContain('It is night where they are');
    expect(page).toContain('cursor=next#walkers');
  });

  it('shows people’s figures with the machines’ beside them, and says when a test has too little to tell', () => {
    expect(page).toMatch(/>3<span class="faint under">5 with machines/);
    // Machines have opened nothing that people have not.
    expect(page).not.toContain('>1 with machines');
    expect(page).toContain('not enough data');
  });

  it('names everybody who left once, and says how the figures add up', () => {
    expect(page.match(/they are not to be e-mailed any more \(3\)/g)).toHaveLength(1);
    expect(page).toMatch(/1 left after it.*the sequence ends here for them \(1\)/);
    expect(page).toContain('2 people came here.');
    expect(page).toContain('1 of all these began before the 30 days');
  });

  it('pauses and lets go by a form that asks why and who', () => {
    expect(page).toContain('action="/api/sequences/engagement/pause"');
    const paused = sequencePage(aSequencePageView(frame, { state: { ...state, paused: true, pausedAlone: true } }));
    expect(paused).toContain('action="/api/sequences/engagement/resume"');
    expect(paused).not.toContain('/pause"');
  });

  it('is written in the reader’s language', () => {
    const portuguese = sequencePage(aSequencePageView(inPortuguese));
    expect(portuguese).toContain('Passo a passo');
    expect(portuguese).toContain('esperar'.replace('e', 'E'));
    expect(portuguese).not.toContain('Wait until');
  });
});

it('says in the list what to do when there is no sequence', () => {
  expect(sequencesPage({ frame, sequences: [] })).toContain('playbook/sequences');
  expect(sequencesPage({ frame, sequences: [state] })).toContain('href="/sequences/engagement?lang=en"');
});

describe('an e-mail that is looked at', () => {
  it('stands in a frame that may do nothing, its text and subject escaped', () => {
    const page = emailPreviewPage(anEmailPreviewView(frame));
    expect(page).toMatch(/<iframe [^>]*sandbox=""/);
    expect(page).toContain('Hello &lt;Ana&gt;');
    expect(page).toContain('action="/api/emails/welcome-1/test?');
  });

  it('is looked at in the same way after a test, and in another language of the page', () => {
    const view = anEmailPreviewView(frame);
    const page = emailPreviewPage({ ...view, look: { lead: 'ana@example.com', theme: 'dark', width: '360' } });
    const look = 'language=en&amp;theme=dark&amp;width=360&amp;lead=ana%40example.com';
    expect(page).toContain(`action="/api/emails/welcome-1/test?lang=en&amp;${look}"`);
    expect(page).toContain(`href="/emails/welcome-1?lang=pt-BR&amp;${look}"`);
  });

  it('says at the field that there is no such lead', () => {
    const look = { lead: 'nobody@example.com', theme: 'light', width: '600' } as const;
    const page = emailPreviewPage({ ...anEmailPreviewView(frame), look, isUnknownLead: true });
    expect(page).toMatch(/value="nobody@example.com"[^>]*aria-invalid="true" aria-describedby="lead-error"/);
    expect(page).toContain('There is no lead with exactly this address or id.');
  });

  it('comes with a policy that runs nothing and lets only us frame it', () => {
    const { headers } = emailFrame({ html: '<p>Hello</p>' }, 'light');
    expect(headers?.['content-security-policy']).toMatch(/^sandbox; default-src 'none';/);
    expect(headers?.['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it('is light or dark as chosen, whatever the machine is set to', () => {
    const html = '<style>@media (prefers-color-scheme: dark) { p { color: white } }</style>';
    expect(emailFrame({ html }, 'dark').body).toContain('@media (min-width: 0)');
    expect(emailFrame({ html }, 'light').body).toContain('@media (max-width: 0)');
  });
});

describe('what became of a message', () => {
  const sent: SendView = {
    ...{
      step: 1,
      status: 'sent',
      template: 'welcome-1',
      messageId: 'm1',
      at: '2026-11-23T17:00:00.000Z',
      reason: null,
    },
    fate: { sentAt: '2026-11-23T17:00:00.000Z', deliveredAt: '2026-11-23T17:00:01.000Z' },
  };
  const listed = (parts: Partial<SendView>, language = frame) =>
    String(
      enrollmentList(
        {
          enrollments: [
            {
              ...{ sequence: 'welcome', version: 'v1', status: 'waiting', step: 3, exit: null },
              ...{ dueAt: '2026-11-25T12:00:00.000Z', because: 'weekly-cap', sends: [{ ...sent, ...parts }] },
            },
          ],
          messages: [],
        },
        new Map([['welcome', 'A warm welcome']]),
        language.reader,
      ),
    );

  it('stands under the name that its sequence has everywhere', () => {
    expect(listed({})).toContain('>A warm welcome</a>');
  });

  it('is told by the most telling fact, with all of them in order of time', () => {
    const opened = { ...sent.fate, sentAt: sent.at, openedRawAt: '2026-11-23T17:00:02.000Z' };
    expect(listed({ fate: opened })).toMatch(/badge dot note">opened by a machine/);
    const clicked = { ...opened, openedAt: opened.openedRawAt, clickedAt: '2026-11-23T17:10:00.000Z' };
    const text = listed({ fate: clicked });
    expect(text).toMatch(/badge dot good">clicked by a person/);
    expect(text).toMatch(/delivered .* · opened by a person .* · clicked by a person/);
    expect(text).not.toContain('opened by a machine');
  });

  it('says why it bounced, and that nobody knows', () => {
    const bounced = { sentAt: sent.at, bouncedAt: sent.at, bounceType: 'Permanent', reason: 'NoEmail 5.1.1' };
    expect(listed({ fate: bounced })).toMatch(/badge dot bad">bounced.*no such mailbox/s);
    expect(listed({ fate: { sentAt: sent.at, isUnknown: true } })).toContain('nobody says whether it arrived');
    expect(listed({ status: 'unconfirmed', fate: null })).toContain('unconfirmed');
  });

  it('says why the next one is not before', () => {
    expect(listed({})).toContain('as many marketing e-mails this week as a lead gets');
    expect(listed({}, inPortuguese)).toContain('nesta semana');
  });
});
