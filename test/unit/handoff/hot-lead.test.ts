import { describe, expect, it } from 'vitest';
import { Handoff } from '../../../functions/handoff/handoff.ts';
import { hotLead } from '../../../functions/handoff/hot-lead.ts';
import { Activity } from '../../../functions/leads/activity.ts';
import { aLead, aQualification, monday } from './a-qualified-lead.ts';

const office = { baseUrl: 'https://ripen.example', timeZone: 'America/Sao_Paulo', language: 'en' };

function aHandoff(given: Partial<Handoff> = {}): Handoff {
  return Handoff.parse({
    handoffId: 'abcdefgh.1',
    leadId: 'abcdefgh',
    cycle: 1,
    status: 'assigned',
    rep: 'ana',
    reason: { rule: 'round-robin', candidates: ['ana'], exclusions: [] },
    qualifiedBy: 'threshold',
    qualifiedAt: monday,
    score: 55,
    explanation: aQualification().reasons,
    consent: { marketing: 'granted', suppressed: false },
    assignedAt: monday,
    dueAt: null,
    acceptedAt: null,
    outcome: null,
    ...given,
  });
}

function anActivity(minute: number, given: Partial<Activity> = {}): Activity {
  const occurredAt = new Date(Date.parse(monday) + minute * 60_000).toISOString();
  const properties = { path: '/pricing' };
  return Activity.parse({
    activityId: `a${minute}`,
    type: 'page.viewed',
    occurredAt,
    recordedAt: occurredAt,
    source: 'tracker',
    properties,
    ...given,
  });
}

describe('what a rep is told about a hot lead', () => {
  it('says who, why now with points, what they did last, and where to look', () => {
    const told = hotLead(aHandoff(), aLead(), [anActivity(0)], office);
    expect(told).toMatchObject({
      name: 'Maria Prado',
      company: 'Padaria Sol',
      phone: '',
      score: 55,
      link: 'https://ripen.example/leads/abcdefgh',
      doNotEmail: false,
    });
    expect(told.why).toContain('55 points');
    expect(told.reasons.map(({ text, points }) => `${points} ${text}`)).toEqual([
      '+25 started the free trial',
      '+5 subscribed to the list',
    ]);
    expect(told.activities).toEqual([{ text: 'looked at /pricing', at: 'Mar 2, 2026, 9:00 AM' }]);
  });

  it('leaves out what was done to the lead, and what a machine did', () => {
    const sent = anActivity(1, { type: 'email.sent' });
    const scanned = anActivity(2, { type: 'email.clicked', verdict: { by: 'machine', reasons: ['burst'] } });
    expect(hotLead(aHandoff(), aLead(), [sent, scanned], office).activities).toEqual([]);
  });

  it('shows the last eight activities, the latest first, whatever order they come in', () => {
    const history = Array.from({ length: 12 }, (_, minute) =>
      anActivity(minute, { properties: { path: `/${minute}` } }),
    );
    const told = hotLead(aHandoff(), aLead(), history.toReversed(), office);
    expect(told.activities.map(({ text }) => text)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4].map((minute) => `looked at /${minute}`),
    );
  });

  it('marks a lead who did not permit marketing as not to be e-mailed (requirements §2.10)', () => {
    const asked = hotLead(aHandoff({ qualifiedBy: 'explicit-request' }), aLead({ consent: {} }), [], office);
    expect(asked.doNotEmail).toBe(true);
    expect(asked.why).toBe('They asked to talk to us.');
  });

  it('says that they wrote back, and what, when a reply brought them: no more than that is known', () => {
    const reply = anActivity(1, {
      type: 'email.replied',
      source: 'ses',
      properties: { excerpt: 'Call me on Tuesday.', from: 'lead' },
    });
    const cause = { activityId: reply.activityId, type: reply.type };
    const told = hotLead(aHandoff({ qualifiedBy: 'explicit-request', cause }), aLead(), [reply, anActivity(0)], office);
    expect(told).toMatchObject({ why: 'They wrote back.', said: 'Call me on Tuesday.', wroteBack: true });
    const long = { ...reply, properties: { excerpt: 'x'.repeat(2_000) } };
    expect(hotLead(aHandoff({ qualifiedBy: 'explicit-request', cause }), aLead(), [long], office).said).toHaveLength(
      500,
    );
    const byForm = hotLead(aHandoff({ qualifiedBy: 'explicit-request' }), aLead(), [reply], office);
    expect(byForm).toMatchObject({ why: 'They asked to talk to us.', said: '', wroteBack: false });
  });

  it('prints no link that acts for whoever holds it', () => {
    const base = 'https://ripen.example';
    const history = ['/confirm/tok.en', '/preferences/tok.en', '/u/tok.en', '/p/pricing?ripen_lid=tok.en'].map(
      (path, n) => anActivity(n, { type: 'email.clicked', properties: { link: base + path } }),
    );
    history.push(anActivity(9, { properties: { path: '/preferences/tok.en' } }));
    const { activities } = hotLead(aHandoff(), aLead(), history, office);
    expect(activities.map(({ text }) => text)).toEqual([
      'looked at the preferences link',
      'clicked https://ripen.example/p/pricing in an e-mail',
      'clicked the unsubscribe link in an e-mail',
      'clicked the preferences link in an e-mail',
      'clicked the confirmation link in an e-mail',
    ]);
  });
});
