import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { addRipen } from '../lib/ripen.ts';
import { stageConfig } from '../lib/stage.ts';

// The CLI hands us the feature flags of cdk.json; started by hand or by the local runner, we read them ourselves.
const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8'));
const app = new App({
  context,
  analyticsReporting: false,
  ...(!process.env.CDK_OUTDIR && { outdir: 'cdk.out' }),
});
addRipen(app, stageConfig(process.env.RIPEN_STAGE ?? app.node.tryGetContext('stage') ?? 'dev'));
app.synth();
