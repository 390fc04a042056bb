import { CapturedActivity } from '../../functions/leads/activity.ts';
import { record } from '../../functions/scoring/record.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import type { Measurement } from '../bench.ts';
import { compilePlaybook } from '../playbook/compile.ts';

const rounds = 20_000;

/** How long one activity takes to decide, against the floor of copying the lead once through JSON, which a store must do anyway. */
export async function measureDecision(): Promise<readonly Measurement[]> {
  const { parts } = await compilePlaybook('playbook');
  const context = {
    leadId: 'lead',
    email: 'bench@example.com',
    model: ScoringModel.parse(parts.scoring),
    modelVersion: 'v1',
    timeZone: 'America/Sao_Paulo',
    now: '2026-01-02T00:00:00.000Z',
  };
  const activity = CapturedActivity.parse({
    activityId: 'bench-activity',
    type: 'email.clicked',
    occurredAt: '2026-01-01T12:00:00.000Z',
    source: 'ses',
    subject: { email: context.email },
    properties: { messageId: 'm-1', link: 'https://example.com/' },
  });
  const { lead } = record(null, [activity], context);
  const next = { ...activity, activityId: 'bench-activity-2' };
  const decide = perCall(() => record(lead, [next], context));
  const copy = perCall(() => JSON.parse(JSON.stringify(lead)));
  return [
    {
      name: 'deciding one activity',
      value: decide,
      unit: 'µs',
      against: `copying the lead: ${copy.toPrecision(3)} µs`,
      ratio: decide / copy,
    },
  ];
}

/** Microseconds a call, after warming up. */
function perCall(work: () => unknown): number {
  for (let n = 0; n < rounds / 10; n++) work();
  const started = performance.now();
  for (let n = 0; n < rounds; n++) work();
  return ((performance.now() - started) * 1000) / rounds;
}
