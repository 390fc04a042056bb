import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../functions/leads/duration.ts';
import { Sequence, Sequences } from '../../../functions/nurture/sequence.ts';

const welcome = {
  id: 'welcome',
  name: 'Welcome series',
  entry: [{ activity: 'form.submitted', where: { form: ['trial', 'ebook'] } }],
  steps: [
    { kind: 'email', template: 'welcome' },
    { kind: 'wait', duration: 'P2D' },
    { kind: 'email', template: 'next' },
  ],
};

describe('a sequence', () => {
  it('is marketing, walked once, and ends at the hand-off or the sale unless it says otherwise', () => {
    expect(Sequence.parse(welcome)).toMatchObject({
      purpose: 'marketing',
      reentry: 'once',
      exits: ['handed-off', 'converted', 'replied'],
    });
  });

  it.each([
    ['P2D', 172_800_000],
    ['PT6H', 21_600_000],
    ['P1W', 604_800_000],
    ['P1DT12H30M', 131_400_000],
    ['PT1M', 60_000],
  ])('waits %s for %i ms', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms);
  });

  it.each(['P', 'PT', 'P1M', 'P1Y', '2 days', 'PT0M', '-P1D', 'P1.5D', ''])('refuses to wait %j', (duration) => {
    const steps = [
      { kind: 'wait', duration },
      { kind: 'email', template: 'welcome' },
    ];
    expect(Sequence.safeParse({ ...welcome, steps }).success).toBe(false);
  });

  it('refuses two with the same id, an unknown step, and a wait before nothing', () => {
    expect(Sequences.safeParse([welcome, welcome]).success).toBe(false);
    expect(Sequence.safeParse({ ...welcome, steps: [{ kind: 'fax' }] }).success).toBe(false);
    expect(Sequence.safeParse({ ...welcome, steps: [{ kind: 'wait', duration: 'P1D' }] }).success).toBe(false);
  });
});
