import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import * as z from 'zod';
import { DataStack } from './data-stack.ts';
import { MailStack } from './mail-stack.ts';
import { OpsStack } from './ops-stack.ts';
import { PagesStack } from './pages-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import type { PlaybookFacts } from './playbook-facts.ts';
import type { StageConfig } from './stage.ts';
import { WebStack } from './web-stack.ts';

const CdkJson = z.object({ context: z.record(z.string(), z.json()) });

/** An app with the feature flags of cdk.json. The CLI hands them over; tests and the local runner, which start without it, do not. */
export function newApp({ context, ...props }: AppProps = {}): App {
  const flags = CdkJson.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8'))).context;
  return new App({ analyticsReporting: false, ...props, context: { ...flags, ...context } });
}

/** Adds the stacks of one stage: what is kept, how mail leaves, where people come in, what happens, who is told. */
export function addRipen(app: App, config: StageConfig, facts: PlaybookFacts): void {
  const { mailDomain, repliesDomain, followedActivities, followedTypes, convertingActivities } = facts;
  const name = (part: string) => `Ripen-${config.name}-${part}`;
  const common = { config, terminationProtection: config.protectData };
  const data = new DataStack(app, name('data'), common);
  const mail = new MailStack(app, name('mail'), {
    ...common,
    domain: mailDomain,
    ...(repliesDomain && { repliesDomain }),
  });
  const web = new WebStack(app, name('web'), common);
  const pipeline = new PipelineStack(app, name('pipeline'), {
    ...common,
    leads: data.leads,
    metrics: data.metrics,
    pepper: data.pepper,
    linkKeys: data.linkKeys,
    channels: data.channels,
    identity: mail.identity,
    configurationSet: mail.configurationSet,
    untrackedConfigurationSet: mail.untrackedConfigurationSet,
    feedback: mail.feedback,
    ...(repliesDomain && { repliesDomain }),
    api: web.api,
    baseUrl: web.baseUrl,
    followedActivities,
    followedTypes,
    convertingActivities,
  });
  const pages = new PagesStack(app, name('pages'), {
    ...{ stage: config, terminationProtection: config.protectData },
    ...{ leads: data.leads, metrics: data.metrics, pepper: data.pepper, api: web.api, baseUrl: web.baseUrl },
  });
  const { subscriptions, undelivered } = pipeline;
  const doors = [...pipeline.doors, ...pages.doors];
  new OpsStack(app, name('ops'), { ...common, doors, subscriptions, undelivered, api: web.api });
}
