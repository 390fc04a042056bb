import { expect, it } from 'vitest';
import { deedOf, type Seen } from '../../../bin/demo/sales.ts';

const monday = Date.parse('2026-03-02T12:00:00.000Z');
const dayMs = 86_400_000;

function seen(n: number, given: Partial<Seen> = {}): Seen {
  const rep = ['ana-souza', 'daniel-rocha'][n % 2] ?? null;
  return {
    ...{ handoffId: `lead${n}.1`, status: 'assigned', rep, level: 'rep', turn: 1, outcome: null },
    ...{ assignedAt: monday, acceptedAt: null },
    ...given,
  };
}

it('has the reps of the demo take most leads, let some lie and turn some down', () => {
  const deeds = Array.from({ length: 400 }, (_, n) => deedOf(seen(n), monday)?.action ?? 'nothing');
  const share = (what: string) => deeds.filter((deed) => deed === what).length / deeds.length;
  expect(share('accept')).toBeGreaterThan(0.6);
  expect(share('nothing')).toBeGreaterThan(0.05);
  expect(share('reject')).toBeGreaterThan(0.03);
});

it('lets nothing lie with the manager, and brings every accepted lead to an end', () => {
  const endings = Array.from({ length: 200 }, (_, n) => {
    expect(deedOf(seen(n, { rep: 'marta-reis', level: 'manager' }), monday)).not.toBeNull();
    const accepted = seen(n, { status: 'accepted', acceptedAt: monday });
    expect(deedOf(accepted, monday + 2 * 3_600_000)?.body).toEqual({ outcome: 'contacted' });
    return deedOf({ ...accepted, outcome: 'contacted' }, monday + 13 * dayMs)?.body.outcome;
  });
  expect(new Set(endings)).toEqual(new Set(['won', 'lost', 'recycled']));
});
