import { compileModel } from '../../functions/scoring/compiled-model.ts';
import { planOf } from '../../functions/scoring/plan.ts';
import { record } from '../../functions/scoring/record.ts';
import { line, type Measurement } from './measurement.ts';
import { aPerson, deeds } from './people.ts';
import { type Contestant, race } from './rounds.ts';
import type { Playbook } from './scoring-door.ts';

/** How long the decision on one activity takes, against copying the lead once through JSON, which a store must do anyway. */
export async function measureDecision(
  { parts, modelVersion }: Playbook,
  rounds: number,
): Promise<readonly Measurement[]> {
  const model = compileModel(parts.scoring, modelVersion, parts.account.timeZone);
  const [person, people] = [aPerson(1), deeds(parts)];
  const { leadId, email } = person;
  const start = Date.UTC(2026, 2, 2, 12);
  const planned = (captured: Parameters<typeof planOf>[0], now: number) =>
    planOf(captured, [], model, new Date(now).toISOString());
  const decide = (lead: Parameters<typeof record>[0], captured: Parameters<typeof planOf>[0], now: number) => {
    const decided = record(lead, planned(captured, now), {}, { leadId, email, suppressed: null, model, now });
    if (decided === 'undecided') throw new Error('one activity after another is decided at once');
    return decided.lead;
  };
  const lead = decide(null, await people.submit(person, 'trial', start), start);
  const at = start + 86_400_000;
  const deciding = (captured: ReturnType<typeof people.view>): Contestant => ({
    run: (calls) => {
      let versions = 0;
      for (let n = 0; n < calls; n++) versions += decide(lead, [captured], at).ver;
      return versions;
    },
  });
  const copying: Contestant = {
    run: (calls) => {
      let versions = 0;
      for (let n = 0; n < calls; n++) versions += JSON.parse(JSON.stringify(lead)).ver;
      return versions;
    },
  };
  const us = await race(
    {
      copying,
      blog: deciding(people.view(person, '/blog/lead-scoring', at)),
      pricing: deciding(people.view(person, '/pricing', at)),
      click: deciding(people.mail(person, 'Click', 1, at)),
    },
    { rounds },
  );
  const floor = { name: 'copying the lead through JSON', values: us('copying') };
  const named = (name: string) => ({ part: 'decision', name: `deciding on ${name}`, unit: 'µs' });
  return [
    line(named('a page view that earns nothing'), us('blog'), floor),
    line(named('a view of the pricing page'), us('pricing'), floor),
    line(named('a click'), us('click'), floor),
  ];
}
