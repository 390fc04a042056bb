import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CapturedActivity } from '../../functions/leads/activity.ts';
import { compileModel } from '../../functions/scoring/compiled-model.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';

/** The model the product ships. */
export const shippedModel = ScoringModel.parse(
  parse(readFileSync(new URL('../../playbook/scoring.yaml', import.meta.url), 'utf8')),
);

export const compiledShippedModel = compileModel(shippedModel, 'v1', 'America/Sao_Paulo');

let counter = 0;

/** A captured activity of ana@example.com; a test names only what matters to it. */
export function anActivity(type: string, given: Partial<Omit<CapturedActivity, 'type'>> = {}): CapturedActivity {
  counter += 1;
  return CapturedActivity.parse({
    activityId: `activity-${String(counter).padStart(4, '0')}`,
    type,
    occurredAt: '2026-03-02T12:00:00.000Z',
    source: 'form',
    subject: { email: 'ana@example.com' },
    ...given,
  });
}

/** What the trial form's door makes of one submission with marketing consent. */
export function trialSubmission(): readonly CapturedActivity[] {
  const consents = [{ purpose: 'marketing' as const, status: 'granted' as const, evidence: 'ticked on the form' }];
  const properties = {
    form: 'trial',
    magnet: 'free-trial',
    funnelStage: 'BOFU',
    solution: true,
    explicitRequest: false,
  };
  return [
    anActivity('form.submitted', { properties, consents, attributes: { name: 'Ana' } }),
    anActivity('list.subscribed'),
    anActivity('trial.started'),
  ];
}
