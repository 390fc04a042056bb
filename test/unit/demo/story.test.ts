import { describe, expect, it } from 'vitest';
import { story } from '../../../bin/demo/story.ts';

const startsAt = Date.parse('2026-03-01T03:00:00.000Z');
const endsAt = Date.parse('2026-03-31T14:00:00.000Z');
const scenes = story({ seed: 7, startsAt, endsAt });

describe('the month of the demo', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(story({ seed: 7, startsAt, endsAt })).toEqual(scenes);
    expect(story({ seed: 8, startsAt, endsAt })).not.toEqual(scenes);
  });

  it('only ever moves on, from its beginning to its end', () => {
    const moments = scenes.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(Math.min(...moments)).toBeGreaterThan(startsAt);
    expect(Math.max(...moments)).toBeLessThan(endsAt);
  });

  it('has nobody see a page before the month begins or after the moment it is told', () => {
    for (const { at, acts } of scenes)
      for (const act of acts)
        if (act.kind === 'views') expect(act.at > startsAt && act.at <= at, new Date(act.at).toISOString()).toBe(true);
  });

  it('has every kind of form filled in, and writes to nobody who could exist', () => {
    const submitted = scenes.flatMap(({ acts }) => acts.filter((act) => act.kind === 'submits'));
    const forms = ['case-study', 'checklist', 'consultation', 'demo', 'ebook', 'newsletter', 'trial', 'webinar'];
    expect([...new Set(submitted.map(({ form }) => form))].sort()).toEqual(forms);
    for (const { person } of submitted) expect(person.email).toMatch(/\.example$|@simulator\.amazonses\.com$/);
  });
});
