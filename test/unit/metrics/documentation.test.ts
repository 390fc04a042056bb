import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricDefinitions } from '../../../functions/metrics/metric.ts';

it('documents every metric as it is counted', () => {
  const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
  for (const [id, { title, unit, formula, requirement }] of Object.entries(metricDefinitions))
    expect(page).toContain(`| \`${id}\` | ${title} | ${unit} | ${formula} | ${requirement} |`);
});
