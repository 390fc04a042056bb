import { describe, expect, it } from 'vitest';
import { aTeam, monday } from './a-qualified-lead.ts';
import { aHostileLead, anActivity, textsIn, toldOf } from './a-told-lead.ts';

describe('what a rep is told about a hot lead', () => {
  it('says who, why now with points, what they did last, and where to look', () => {
    const told = toldOf({}, {}, [anActivity(0)]);
    expect(told).toMatchObject({
      ...{ name: 'Maria Prado', company: 'Padaria Sol', phone: '', score: 55, doNotEmail: false },
      ...{ link: 'https://ripen.example/leads/abcdefgh', intro: 'Ana, this lead is yours.' },
    });
    expect(told.why).toBe('They have 55 points and showed that they want to buy.');
    expect(told.reasons.map(({ text, points }) => `${points} ${text}`)).toEqual([
      '+25 started the free trial',
      '+5 subscribed to the list',
    ]);
    expect(told.activities).toEqual([{ text: 'looked at /pricing', at: 'Mar 2, 9:00 AM' }]);
  });

  it('says it in Portuguese to who reads that', () => {
    const told = toldOf({}, {}, [anActivity(0)], { language: 'pt-BR' });
    expect(told).toMatchObject({
      intro: 'Ana, este lead é seu.',
      why: 'A pessoa tem 55 pontos e mostrou que quer comprar.',
      activities: [{ text: 'viu /pricing' }],
      deadline: 'Aceite até 2 de mar., 9:30: depois disso vai para o próximo vendedor.',
    });
  });

  it("gives the reasons in the reader's language, where the playbook has them", () => {
    const reason = { rule: 'scheduled a consultation', points: 25, occurredAt: monday };
    const says = { en: 'scheduled a consultation', 'pt-BR': 'agendou uma consultoria' };
    const explanation = [
      { ...reason, says },
      { ...reason, rule: 'by hand', points: 3 },
    ];
    const told = toldOf({ explanation }, {}, [], { language: 'pt-BR' });
    expect(told.reasons.map(({ text }) => text)).toEqual(['agendou uma consultoria', 'by hand']);
  });

  it('leaves out what was done to the lead, and what a machine did', () => {
    const sent = anActivity(1, { type: 'email.sent' });
    const scanned = anActivity(2, { type: 'email.clicked', verdict: { by: 'machine', reasons: ['burst'] } });
    expect(toldOf({}, {}, [sent, scanned]).activities).toEqual([]);
  });

  it('shows the last eight activities, the latest first, whatever order they come in', () => {
    const history = Array.from({ length: 12 }, (_, minute) =>
      anActivity(minute, { properties: { path: `/${minute}` } }),
    );
    expect(toldOf({}, {}, history.toReversed()).activities.map(({ text }) => text)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4].map((minute) => `looked at /${minute}`),
    );
  });

  it('marks a lead who did not permit marketing as not to be e-mailed (requirements §2.10)', () => {
    const asked = toldOf({ qualifiedBy: 'explicit-request' }, { consent: {} });
    expect(asked).toMatchObject({ doNotEmail: true, why: 'They asked to talk to us.' });
    expect(asked.emailNote).toContain('Do not send marketing e-mail');
  });

  it('says that they wrote back, and what, when a reply brought them: no more than that is known', () => {
    const reply = anActivity(1, {
      type: 'email.replied',
      properties: { excerpt: 'Call me\non Tuesday.', from: 'lead' },
    });
    const cause = { activityId: reply.activityId, type: reply.type };
    const told = toldOf({ qualifiedBy: 'explicit-request', cause }, {}, [reply, anActivity(0)]);
    expect(told).toMatchObject({ why: 'They wrote back.', said: 'Call me\non Tuesday.', wroteBack: true });
    const long = { ...reply, properties: { excerpt: 'x'.repeat(2_000) } };
    expect(toldOf({ qualifiedBy: 'explicit-request', cause }, {}, [long]).said).toHaveLength(500);
    const byForm = toldOf({ qualifiedBy: 'explicit-request' }, {}, [reply]);
    expect(byForm).toMatchObject({ why: 'They asked to talk to us.', said: '', wroteBack: false });
  });

  it('prints no link that acts for whoever holds it', () => {
    const base = 'https://ripen.example';
    const history = ['/confirm/tok.en', '/preferences/tok.en', '/u/tok.en', '/p/pricing?ripen_lid=tok.en'].map(
      (path, n) => anActivity(n, { type: 'email.clicked', properties: { link: base + path } }),
    );
    history.push(anActivity(9, { properties: { path: '/preferences/tok.en' } }));
    expect(toldOf({}, {}, history).activities.map(({ text }) => text)).toEqual([
      'looked at the preferences link',
      'clicked https://ripen.example/p/pricing in an e-mail',
      'clicked the unsubscribe link in an e-mail',
      'clicked the preferences link in an e-mail',
      'clicked the confirmation link in an e-mail',
    ]);
  });

  it('says by when to accept it, on the clock of who reads it, and who gets it then', () => {
    const dueAt = '2026-03-02T12:30:00.000Z';
    expect(toldOf({ dueAt }, {}, [], { timeZone: 'Europe/Lisbon' }).deadline).toBe(
      'Accept it by Mar 2, 12:30 PM: after that it goes to the next rep.',
    );
    expect(toldOf({ dueAt, level: 'next-rep' }).deadline).toContain('it goes to Marta');
    expect(toldOf({ dueAt: null, level: 'manager' }).deadline).toBe('Accept it, or reject it with a reason.');
  });

  it('names the year of what is older', () => {
    const told = toldOf({}, {}, [anActivity(0, { occurredAt: '2025-12-31T12:00:00.000Z' })]);
    expect(told.activities).toEqual([{ text: 'looked at /pricing', at: 'Dec 31, 2025, 9:00 AM' }]);
  });

  it('says who had it before, and what became of it there', () => {
    const missed = { at: monday, what: 'missed', rep: 'bruno' } as const;
    const manager = { rep: 'marta', level: 'manager', history: [missed] } as const;
    expect(toldOf({ ...manager, history: [missed] }, {}, [], { reader: { name: 'Marta' } }).intro).toBe(
      'Marta, nobody accepted this lead in time: it is yours. bruno had it before, and did not accept it in time.',
    );
    const declined = { at: monday, what: 'declined', rep: 'carla', reason: 'not-mine' } as const;
    expect(toldOf({ history: [missed, declined] }, {}, [], { team: aTeam() }).intro).toContain(
      'carla had it before, and said: Not mine.',
    );
  });

  it('keeps everything that a lead typed short and readable', () => {
    const { activities, reasons, ...told } = aHostileLead();
    for (const text of textsIn([
      told.name,
      told.company,
      told.role,
      told.phone,
      told.email,
      told.said,
      activities,
      reasons,
    ])) {
      expect([...text].length).toBeLessThanOrEqual(500);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028]|[^\P{Cc}\n]/u);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(told.tel).toMatch(/^tel:\+?\d+$/);
  });
});
