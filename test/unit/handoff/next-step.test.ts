import { describe, expect, it } from 'vitest';
import { hasAppointment, nextStep, reachOf } from '../../../functions/handoff/next-step.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aLead, monday } from './a-qualified-lead.ts';
import { aHandoff, anActivity, toldOf } from './a-told-lead.ts';

const phone = { attributes: { name: 'Maria', phone: '+55 11 91234-5678' } };
const day = { isDay: true, hasAppointment: false };
const night = { isDay: false, hasAppointment: false };
const asking = aHandoff({ qualifiedBy: 'explicit-request' });
const replying = aHandoff({ qualifiedBy: 'explicit-request', cause: { activityId: 'r', type: 'email.replied' } });
const crossing = aHandoff();
const sales = (status: 'granted' | 'denied' | 'revoked'): Lead['consent'] => ({
  'sales-contact': { status, at: monday },
});

describe('how a lead may be reached', () => {
  it.each<[string, Partial<Lead>, typeof asking, string, string]>([
    ['who asked may be answered, whatever they ticked', { ...phone, consent: {} }, asking, 'asked', 'asked'],
    [
      'who asked once, and has revoked it, is not called',
      { ...phone, consent: sales('revoked') },
      asking,
      'asked',
      'no',
    ],
    ['who wrote back has asked for no call', { ...phone, consent: sales('denied') }, replying, 'asked', 'no'],
    [
      'who agreed to both',
      { ...phone, consent: { ...aLead().consent, ...sales('granted') } },
      crossing,
      'marketing',
      'granted',
    ],
    ['who said nothing may be called, and not written to', { ...phone, consent: {} }, crossing, 'no', 'unasked'],
    ['who agreed to sales alone', { consent: sales('granted') }, crossing, 'sales', 'unknown'],
    ['who unsubscribed', { suppressed: { reason: 'unsubscribe', at: monday } }, crossing, 'no', 'unknown'],
    [
      'who unsubscribed and asks is answered',
      { suppressed: { reason: 'unsubscribe', at: monday } },
      asking,
      'asked',
      'unknown',
    ],
    ['whose mailbox is gone', { suppressed: { reason: 'bounce', at: monday } }, asking, 'unreachable', 'unknown'],
    ['who has no address', { email: 'a@lead.invalid' }, asking, 'unreachable', 'unknown'],
  ])('%s', (_, lead, handoff, email, call) => {
    expect(reachOf(handoff, aLead(lead))).toEqual({ email, phone: call });
  });
});

describe('the suggested next step', () => {
  it.each([
    ['answers who wrote', replying, { email: 'asked', phone: 'granted' }, day, 'answer'],
    [
      'prepares for who has a time',
      crossing,
      { email: 'marketing', phone: 'granted' },
      { ...day, hasAppointment: true },
      'prepare',
    ],
    ['calls who may be called', asking, { email: 'asked', phone: 'asked' }, day, 'call'],
    ['writes while it is night where they live', asking, { email: 'asked', phone: 'asked' }, night, 'write'],
    ['waits for the morning when it may only call', crossing, { email: 'no', phone: 'unasked' }, night, 'call-later'],
    ['writes to who left no number', crossing, { email: 'marketing', phone: 'unknown' }, day, 'write'],
    ['leaves alone who permits neither', crossing, { email: 'no', phone: 'no' }, day, 'look'],
  ] as const)('%s', (_, handoff, reach, moment, step) => {
    expect(nextStep(handoff, reach, moment)).toBe(step);
  });

  it('knows an appointment by its calendar, not by a form that asks for one, and not once it is cancelled', () => {
    const booked = anActivity(0, { type: 'appointment.booked', source: 'tracker', properties: {} });
    const note = (kind: 'appointment-moved' | 'appointment-cancelled') => ({ kind, activityId: kind, at: monday });
    expect(hasAppointment({ notes: [] }, booked)).toBe(true);
    expect(hasAppointment({ notes: [] }, { ...booked, properties: { form: 'consultation' } })).toBe(false);
    expect(hasAppointment({ notes: [note('appointment-cancelled')] }, booked)).toBe(false);
    expect(hasAppointment({ notes: [note('appointment-cancelled'), note('appointment-moved')] }, undefined)).toBe(true);
  });

  it('looks at the clock where the lead lives', () => {
    const inTokyo = { attributes: { ...phone.attributes, country: 'JP' } };
    expect(toldOf({ qualifiedBy: 'explicit-request' }, inTokyo).nextStep).toBe(
      'Write to them now, and offer a time to talk.',
    );
    expect(toldOf({ qualifiedBy: 'explicit-request' }, phone).nextStep).toBe(
      'Call them now: it is 09:00 where they are.',
    );
  });
});
