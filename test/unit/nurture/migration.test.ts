import { describe, expect, it } from 'vitest';
import type { Enrollment } from '../../../functions/nurture/enrollment.ts';
import { enroll } from '../../../functions/nurture/entering.ts';
import { migrate } from '../../../functions/nurture/migration.ts';
import { placeAt, programOf } from '../../../functions/nurture/program.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { advance } from '../../../functions/nurture/walking.ts';
import { aLead, monday } from '../../support/lead.ts';
import { aRecorded, sequences } from '../../support/nurture.ts';

const now = Date.parse(monday);
const [welcome] = sequences;
if (!welcome) throw new Error('the sequence of the tests is there');
const from = programOf(welcome);
const of = (...templates: string[]) =>
  programOf(Sequence.parse({ ...welcome, steps: templates.map((template) => ({ kind: 'email', template })) }));
const begun = enroll(aLead(), aRecorded(), welcome, {
  version: 'v1',
  language: 'en',
  timeZone: 'UTC',
  now,
  last: null,
});
const second = advance(begun, from, now);
const moved = (walk: Enrollment, to: ReturnType<typeof of>, ...brought: string[]) =>
  migrate(walk, { from, to, version: 'v2', brought, now });
const templateAt = (to: ReturnType<typeof of>, { step }: Enrollment) => {
  const place = placeAt(to, step).step;
  return place.kind === 'email' ? place.template : null;
};

describe('a walk moved to another version (Q21)', () => {
  it('goes on at the e-mail it was to bring next, wherever that stands now', () => {
    const to = of('hello', 'welcome-2', 'welcome-3');
    const migration = moved(second, to, 'welcome-1');
    expect(migration).toMatchObject({
      outcome: 'moves',
      walk: { version: 'v2', dueAt: second.dueAt, ver: second.ver + 1 },
    });
    expect(migration.outcome === 'moves' && templateAt(to, migration.walk)).toBe('welcome-2');
    expect(migration.outcome === 'moves' && migration.walk.run).not.toBe(second.run);
  });

  it('goes on at the one after, when that e-mail is gone', () => {
    const to = of('welcome-1', 'welcome-3');
    const migration = moved(second, to, 'welcome-1');
    expect(migration.outcome === 'moves' && templateAt(to, migration.walk)).toBe('welcome-3');
  });

  it('brings nothing twice, and is over when nothing is left to bring', () => {
    expect(moved(second, of('welcome-1'), 'welcome-1')).toMatchObject({ outcome: 'ends', walk: { status: 'exited' } });
    const to = of('welcome-1', 'new');
    const migration = moved(second, to, 'welcome-1');
    expect(migration.outcome === 'moves' && templateAt(to, migration.walk)).toBe('new');
  });

  it('takes along what it has brought, so that no later step brings it again', () => {
    const migration = moved(second, of('welcome-2', 'welcome-1', 'welcome-3'), 'welcome-1');
    expect(migration).toMatchObject({ outcome: 'moves', walk: { step: 1, brought: ['welcome-1'] } });
  });

  it('does not go over to the way it has not taken', () => {
    const email = (template: string) => ({ kind: 'email', template });
    const when = { milestone: 'mql' };
    const branched = Sequence.parse({
      ...welcome,
      steps: [{ kind: 'branch', when, then: [email('bosses')], else: [email('others')] }, email('all')],
    });
    const walk = { ...second, step: 2 };
    const to = of('others', 'all');
    const migration = migrate(walk, { from: programOf(branched), to, version: 'v2', brought: [], now });
    expect(migration.outcome === 'moves' && templateAt(to, migration.walk)).toBe('all');
  });

  it('stays where it is when it goes by that version already', () => {
    expect(migrate(second, { from, to: from, version: 'v1', brought: [], now })).toEqual({ outcome: 'stays' });
  });
});
