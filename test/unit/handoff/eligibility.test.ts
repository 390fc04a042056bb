import { describe, expect, it } from 'vitest';
import { route } from '../../../functions/handoff/route.ts';
import type { Weekday } from '../../../functions/leads/account.ts';
import { monday } from './a-qualified-lead.ts';
import { aRouting, rosterOf, teamOf } from './a-routing.ts';

const workdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
/** On that Monday at noon, UTC, they come at one. */
const afternoons = { workingHours: [{ days: workdays, from: '13:00', to: '18:00' }] };
const brazil = { id: 'brazil', days: [{ day: '2026-03-02', name: 'A day off' }] };

describe('a rep who cannot take a lead', () => {
  it.each([
    ['on leave', { leave: [{ from: '2026-03-02', until: '2026-03-02' }] }, {}, ['leave', '2026-03-02']],
    ['on a holiday', { holidays: 'brazil' }, {}, ['holiday', 'A day off']],
    ['out of hours', afternoons, {}, ['hours', '2026-03-02T13:00']],
    ['out of hours elsewhere', { ...afternoons, timeZone: 'Asia/Tokyo' }, {}, ['hours', '2026-03-03T13:00']],
    ['full', { capacity: { open: 2 } }, { open: 2 }, ['capacity', '2']],
    ['full by the rule of the team', {}, { open: 20 }, ['capacity', '20']],
    ['full for today', { capacity: { perDay: 3 } }, { day: '2026-03-02', taken: 3 }, ['day-capacity', '3']],
  ])('is passed over when %s, while somebody else is there', (_, given, place, [reason, detail]) => {
    const team = teamOf([given, {}], { holidays: [brazil] });
    const { rep, reason: why } = route(aRouting({ team, roster: rosterOf({ ana: place }) }));
    expect(rep).toBe('bruno');
    expect(why.exclusions).toEqual([{ rep: 'ana', reason, detail }]);
  });

  it.each(['declined', 'missed', 'silenced'] as const)('is passed over when they have %s', (reason) => {
    const { rep, reason: why } = route(aRouting({ excluded: [{ rep: 'ana', reason }] }));
    expect(rep).toBe('bruno');
    expect(why.exclusions).toEqual([{ rep: 'ana', reason }]);
  });

  it('is told the strongest reason alone: not again, then not now, then not this lead', () => {
    const leave = [{ from: '2026-03-01', until: '2026-03-05' }];
    const rules = [{ id: 'bruno', name: 'To Bruno', needs: { reps: ['bruno'] } }];
    const team = teamOf([{ leave }, {}], { assignment: { rules } });
    const why = (excluded: Parameters<typeof route>[0]['excluded'], roster = rosterOf({})) =>
      route(aRouting({ team, excluded, roster })).reason.exclusions.map(({ reason }) => reason);
    expect(why([{ rep: 'ana', reason: 'missed' }])).toEqual(['missed']);
    expect(why([{ rep: 'ana', reason: 'silenced' }])).toEqual(['leave']);
    expect(why([], rosterOf({ ana: { open: 20 } }))).toEqual(['leave']);
    const here = teamOf([{}, {}], { assignment: { rules } });
    expect(route(aRouting({ team: here })).reason.exclusions).toEqual([{ rep: 'ana', reason: 'not-named' }]);
  });

  it('is free again on the next day of their own calendar, not of ours', () => {
    const team = teamOf([{ capacity: { perDay: 1 }, timeZone: 'Pacific/Auckland' }]);
    const roster = rosterOf({ ana: { day: '2026-03-02', taken: 1 } });
    // Noon in UTC is an hour into Tuesday in Auckland.
    expect(route(aRouting({ team, roster })).rep).toBe('ana');
    expect(route(aRouting({ team, roster, now: Date.parse('2026-03-02T10:59:59.999Z') })).rep).toBeNull();
  });
});

describe('a lead whom nobody can take', () => {
  it('waits for the first rep who comes', () => {
    const team = teamOf([
      { ...afternoons, timeZone: 'America/Sao_Paulo' },
      afternoons,
      { leave: [{ from: '2026-03-02', until: '2026-03-02' }] },
    ]);
    expect(route(aRouting({ team }))).toMatchObject({
      rep: null,
      reason: { rule: 'none', method: 'none', candidates: [] },
      nextTryAt: '2026-03-02T13:00:00.000Z',
    });
  });

  it('waits for the next working day of a rep who is full for today', () => {
    const team = teamOf([{ capacity: { perDay: 1 }, ...afternoons }]);
    const roster = rosterOf({ ana: { day: '2026-03-02', taken: 1 } });
    const now = Date.parse('2026-03-02T15:00:00.000Z');
    expect(route(aRouting({ team, roster, now })).nextTryAt).toBe('2026-03-03T13:00:00.000Z');
    // Not there yet, and full for when they come.
    expect(route(aRouting({ team, roster })).nextTryAt).toBe('2026-03-03T13:00:00.000Z');
  });

  it('waits for no clock where reps are full, cannot be told, or have passed it on', () => {
    const team = teamOf([{}, {}, afternoons, {}]);
    const roster = rosterOf({ ana: { open: 20 }, carla: { open: 20 } });
    const excluded = [
      { rep: 'bruno', reason: 'declined' as const },
      { rep: 'daniel', reason: 'silenced' as const },
    ];
    expect(route(aRouting({ team, roster, excluded, now: Date.parse(monday) }))).toMatchObject({
      rep: null,
      nextTryAt: null,
    });
  });
});
