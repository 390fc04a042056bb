import * as z from 'zod';
import { compilePlaybook, type PlaybookParts } from '../playbook/compile.ts';
import { expectBody } from './checks.ts';
import type { Site } from './site.ts';

/** What each step of the walk earns in the shipped playbook, by rule. */
const shippedPoints = {
  'started-trial': 25,
  subscribed: 5,
  'opened-email': 5,
  'clicked-link': 10,
  'viewed-pricing': 10,
};

/**
 * Why the walk, which is written for the shipped playbook, says nothing about this Ripen; `null` when it fits. The running
 * playbook is known by the model with which it has scored `email`, and what is in it by the folder that has the same one.
 */
export async function whyNoWalk(site: Site, email: string, folder: string): Promise<string | null> {
  const compiled = await compilePlaybook(folder).catch(() => null);
  if (!compiled) return `the playbook in ${folder} does not compile: name the one this Ripen runs with --playbook`;
  if ((await runningVersion(site, email)) !== compiled.modelVersion)
    return `this Ripen runs another playbook than ${folder}: name its folder with --playbook`;
  return difference(compiled.parts);
}

/** What the walk needs and the playbook has otherwise, in words. */
export function difference({ forms, scoring, sequences }: PlaybookParts): string | null {
  const trial = forms.forms.trial;
  if (!trial?.records.includes('trial.started') || !trial.asset || trial.doubleOptIn)
    return 'there is no form trial that starts a trial and promises something at once';
  for (const [rule, points] of Object.entries(shippedPoints))
    if (scoring.rules.find(({ id }) => id === rule)?.points !== points)
      return `the rule ${rule} is not worth ${points}`;
  if (scoring.threshold <= 30 || scoring.threshold > 55) return `the threshold is ${scoring.threshold}, not 50`;
  const [first] = sequences.find(({ id }) => id === 'welcome')?.steps ?? [];
  return first?.kind === 'email' && first.template === 'welcome-1' ? null : 'no sequence welcome begins with welcome-1';
}

async function runningVersion(site: Site, email: string): Promise<string> {
  expectBody(await site.post('/_local/settle', {}), 200, z.object({}));
  const Leads = z.object({ leads: z.tuple([z.object({ leadId: z.string() })]) });
  const found = await site.get(`/api/leads?email=${encodeURIComponent(email)}`);
  const [{ leadId }] = expectBody(found, 200, Leads).leads;
  const explained = await site.get(`/api/leads/${leadId}/explanation`);
  return expectBody(explained, 200, z.object({ modelVersion: z.string() })).modelVersion;
}
