import { describe, expect, it } from 'vitest';
import type { Accepted, Evidence, Promises, Sending, Walk } from '../../../bin/soak/promises.ts';
import { judge } from '../../../bin/soak/verdict.ts';

const at = Date.UTC(2026, 2, 2, 9);
const welcome = [{ sequence: 'welcome', steps: [1, 3] }];

const send = (given: Partial<Sending> = {}): Sending => ({
  ...{ leadId: 'ana', sequence: 'welcome', run: 'r1', step: 1, status: 'sent', purpose: 'marketing', resent: false },
  ...given,
});
const mail = ({ step = '1', ...given }: Partial<Accepted> & { step?: string } = {}): Accepted => ({
  messageId: 'm1',
  destinations: ['ana@example.com'],
  acceptedAt: at,
  tags: { lead: 'ana', sequence: 'welcome', run: 'r1', step },
  ...given,
});
const walk = (given: Partial<Walk> = {}): Walk => ({
  ...{ leadId: 'ana', sequence: 'welcome', run: 'r1', status: 'completed', dueAt: null },
  ...given,
});

/** Ana's form was acknowledged, and both her e-mails were sent. */
const promises: Promises = {
  submissions: [{ email: 'ana@example.com', form: 'ebook', activityId: 'a1' }],
  refusals: [],
};
const evidence = (given: Partial<Evidence> = {}): Evidence => ({
  accepted: [mail(), mail({ messageId: 'm3', step: '3' })],
  sends: [send(), send({ step: 3 })],
  walks: [walk()],
  leadOf: new Map([['a1', 'ana']]),
  excused: new Set(),
  deadLetters: 0,
  atMs: at,
  ...given,
});
const verdict = (given: Partial<Evidence> = {}, promised: Partial<Promises> = {}) =>
  judge({ ...promises, ...promised }, evidence(given), welcome);

it('finds nothing where every promise was kept', () => {
  expect(verdict()).toEqual({ doubles: [], losses: [], afterRefusal: [], unconfirmed: [], sentAgain: 0 });
});

describe('a double send', () => {
  const twice = [mail(), mail({ messageId: 'm2' }), mail({ messageId: 'm3', step: '3' })];

  it('is one step that SES has accepted twice', () => {
    expect(verdict({ accepted: twice }).doubles).toEqual(['ana/welcome/r1/1 was accepted 2 times: m1,m2']);
  });

  it('is none when the order was to send again rather than not at all', () => {
    const sends = [send({ resent: true }), send({ step: 3 })];
    expect(verdict({ accepted: twice, sends })).toMatchObject({ doubles: [], sentAgain: 1 });
    expect(verdict({ accepted: [mail(), ...twice], sends }).doubles).toHaveLength(1);
  });

  it('is told apart from one mail each to the lead and to a colleague', () => {
    const told = { audience: 'team', sequence: 'hot-lead', run: 'ana-1', step: '0' };
    const toTeam = send({ sequence: 'hot-lead', run: 'ana-1', step: 0, purpose: 'team' });
    const { doubles, losses } = verdict({
      accepted: [...evidence().accepted, mail({ messageId: 'm9', destinations: ['rep@example.com'], tags: told })],
      sends: [...evidence().sends, toTeam],
    });
    expect([...doubles, ...losses]).toEqual([]);
  });
});

describe('a silent loss', () => {
  it.each<[string, Partial<Evidence>]>([
    ['is in no ledger', { leadOf: new Map() }],
    ['no sequence has begun', { walks: [], sends: [], accepted: [] }],
    ['is left claimed', { sends: [send(), send({ step: 3, status: 'claimed' })] }],
    ['is recorded as sent, and SES has not accepted it', { accepted: [mail()] }],
    ['was accepted, and is not recorded', { sends: [send()], walks: [walk({ status: 'exited' })] }],
    ['was accepted, and is suppressed', { sends: [send(), send({ step: 3, status: 'suppressed' })] }],
    ['stands still in welcome', { walks: [walk({ status: 'active', dueAt: new Date(at - 1).toISOString() })] }],
    ['was never sent, nor refused', { sends: [send()], accepted: [mail()] }],
    ['dead letters', { deadLetters: 2 }],
  ])('%s', (said, given) => {
    expect(verdict(given).losses.join()).toContain(said);
  });

  it('is not a lead who may not be mailed, nor one whose next step is still to come', () => {
    const refused = { excused: new Set(['ana']), walks: [], sends: [], accepted: [] };
    expect(verdict(refused).losses).toEqual([]);
    const waiting = walk({ status: 'active', dueAt: new Date(at + 1).toISOString() });
    expect(verdict({ walks: [waiting] }).losses).toEqual([]);
  });

  it('is not what a person is told: the outcome is unconfirmed', () => {
    const sends = [send(), send({ step: 3, status: 'unconfirmed' })];
    expect(verdict({ sends })).toMatchObject({ losses: [], unconfirmed: ['ana/welcome/r1/3'] });
    expect(verdict({ sends, accepted: [mail()] }).losses).toEqual([]);
  });
});

it('counts what was accepted after they said no, and nothing before', () => {
  const refusals = [{ email: 'ana@example.com', atMs: at + 5 }];
  expect(verdict({}, { refusals }).afterRefusal).toEqual([]);
  const late = [mail(), mail({ messageId: 'm3', step: '3', acceptedAt: at + 6 })];
  expect(verdict({ accepted: late }, { refusals }).afterRefusal).toEqual([
    'ana/welcome/r1/3 was accepted 1 ms after they said no',
  ]);
});
