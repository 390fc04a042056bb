import type { App } from 'aws-cdk-lib';
import { DataStack } from './data-stack.ts';
import { MailStack } from './mail-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import type { StageConfig } from './stage.ts';
import { WebStack } from './web-stack.ts';

/** Adds the stacks of one stage to the app: what is kept, how mail leaves, where people come in, what happens, who is told. */
export function addRipen(app: App, config: StageConfig): void {
  const name = (part: string) => `Ripen-${config.name}-${part}`;
  const common = { config, terminationProtection: config.protectData };
  const data = new DataStack(app, name('data'), common);
  const mail = new MailStack(app, name('mail'), common);
  const web = new WebStack(app, name('web'), common);
  new PipelineStack(app, name('pipeline'), {
    ...common,
    leads: data.leads,
    metrics: data.metrics,
    pepper: data.pepper,
    linkKeys: data.linkKeys,
    identity: mail.identity,
    configurationSet: mail.configurationSet,
    api: web.api,
    baseUrl: web.baseUrl,
  });
}
