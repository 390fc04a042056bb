import { describe, expect, it } from 'vitest';
import { type Entry, Handoff } from '../../../functions/handoff/handoff.ts';
import { concernedBy, newsOf } from '../../../functions/handoff/notice.ts';
import { hotLeadEvent, newsEvent } from '../../../functions/handoff/notice-event.ts';
import { aLead, aTeam, monday } from './a-qualified-lead.ts';
import { aHandoff, aTelling, toldOf } from './a-told-lead.ts';

/** `assigned ana, missed ana`. */
function history(told: string): Entry[] {
  const entries = told.split(', ').map((each) => {
    const [what, rep = null] = each.split(' ');
    return { at: monday, what, rep };
  });
  return Handoff.shape.history.parse(entries);
}

describe('whom a change concerns', () => {
  it.each<[string, string, Handoff['rep'], string, string]>([
    ['a rep gets it', 'assigned', 'ana', 'assigned ana', 'ana hot-lead'],
    [
      'the next one gets it',
      'assigned',
      'bruno',
      'assigned ana, missed ana, assigned bruno',
      'bruno hot-lead, ana gone',
    ],
    [
      'after it waited',
      'assigned',
      'bruno',
      'assigned ana, missed ana, queued, assigned bruno',
      'bruno hot-lead, ana gone',
    ],
    ['who declined knows', 'assigned', 'bruno', 'assigned ana, declined ana, assigned bruno', 'bruno hot-lead'],
    [
      'the manager gets it',
      'assigned',
      'marta',
      'assigned ana, missed ana, assigned bruno, missed bruno, escalated marta',
      'marta hot-lead, bruno gone',
    ],
    ['nobody has it: the manager must know', 'queued', null, 'queued', 'marta waiting'],
    ['the lead did something', 'noted', 'ana', 'assigned ana', 'ana noted'],
    ['the lead did something while nobody has them', 'noted', null, 'queued', ''],
    ['they accept it', 'accepted', 'ana', 'assigned ana, accepted ana', ''],
    ['somebody else was faster', 'accepted', 'bruno', 'assigned ana, accepted bruno', 'ana gone'],
    ['somebody took what waited', 'accepted', 'bruno', 'queued, accepted bruno', ''],
    ['it had gone on before', 'accepted', 'bruno', 'assigned ana, missed ana, assigned bruno, accepted bruno', ''],
    ['it is over', 'won', 'ana', 'assigned ana, accepted ana, won ana', ''],
  ])('%s', (_, what, rep, told, concerned) => {
    const found = concernedBy(what, { rep, history: history(told) }, aTeam());
    expect(found.map((each) => `${each.rep} ${each.about}`).join(', ')).toBe(concerned);
  });
});

describe('short news', () => {
  const note = (kind: Handoff['notes'][number]['kind']) => aHandoff({ notes: [{ kind, activityId: 'a', at: monday }] });
  const words = { ...aTelling(), language: 'en' };

  it.each([
    ['crossing', 'Maria Prado has crossed the threshold again.'],
    ['request', 'Maria Prado has asked again.'],
    ['appointment-booked', 'Maria Prado has booked an appointment.'],
    ['appointment-cancelled', 'Maria Prado has cancelled the appointment.'],
    ['appointment-moved', 'Maria Prado has moved the appointment.'],
  ] as const)('tells of a %s', (kind, headline) => {
    expect(newsOf('noted', note(kind), aLead(), words)).toEqual({
      ...{ language: 'en', to: 'Ana', headline, openUrl: 'https://ripen.example/h/to.ken' },
    });
    expect(newsOf('noted', note(kind), aLead(), { ...words, language: 'pt-BR' })?.headline).toMatch(/^Maria Prado /);
  });

  it('says with whom a lead is now', () => {
    const accepted = aHandoff({ status: 'accepted', rep: 'carla' });
    expect(newsOf('gone', accepted, aLead(), words)?.headline).toBe('carla has accepted Maria Prado: you need not.');
    const passedOn = aHandoff({ rep: 'marta' });
    expect(newsOf('gone', passedOn, aLead(), words)?.headline).toBe(
      'Maria Prado was not accepted in time, and is with Marta now.',
    );
  });
});

describe('a notice by webhook', () => {
  const reader = { id: 'ana', name: 'Ana', email: 'ana@orchard.example' };

  it('is what the documentation shows', () => {
    expect(hotLeadEvent(toldOf(), aHandoff(), aLead(), reader)).toEqual({
      type: 'notice.hot-lead',
      timestamp: monday,
      data: {
        ...{ handoffId: 'abcdefgh.1', leadId: 'abcdefgh', cycle: 1, turn: 1, level: 'rep' },
        ...{ qualifiedBy: 'threshold', qualifiedAt: monday, acceptBy: '2026-03-02T12:30:00.000Z' },
        rep: reader,
        lead: {
          ...{ name: 'Maria Prado', email: 'Maria@example.com', phone: '', company: 'Padaria Sol', role: '' },
          language: null,
        },
        consent: { marketing: 'granted', suppressed: null, mayWrite: true, mayCall: false },
        ...{ language: 'en', why: 'They have 55 points and showed that they want to buy.', said: '', score: 55 },
        reasons: [
          { text: 'started the free trial', points: '+25', at: 'Mar 2, 9:00 AM' },
          { text: 'subscribed to the list', points: '+5', at: 'Mar 2, 9:00 AM' },
        ],
        activities: [],
        nextStep: 'Write to them now, and offer a time to talk.',
        reply: { subject: 'A question about Orchard', text: expect.stringContaining('Hi Maria,') },
        links: {
          accept: 'https://ripen.example/h/to.ken#accept',
          reject: 'https://ripen.example/h/to.ken#reject',
          open: 'https://ripen.example/h/to.ken',
          lead: 'https://ripen.example/leads/abcdefgh',
        },
      },
    });
  });

  it('tells short news with what was noted', () => {
    const noted = aHandoff({ notes: [{ kind: 'request', activityId: 'a', at: monday }] });
    const news = {
      language: 'en',
      to: 'Ana',
      headline: 'Maria Prado has asked again.',
      openUrl: 'https://r.example/h/t',
    };
    expect(newsEvent('noted', news, noted, monday, reader)).toMatchObject({
      type: 'notice.noted',
      data: { whose: 'ana', note: 'request', text: news.headline, links: { open: news.openUrl } },
    });
  });
});
