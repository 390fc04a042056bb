import { join } from 'node:path';
import { readPlaybookFacts } from '../lib/playbook-facts.ts';
import { addRipen, newApp } from '../lib/ripen.ts';
import { stageConfig } from '../lib/stage.ts';
import { addValidation } from '../lib/validation.ts';

// Run by the CDK's CLI, or by itself: `RIPEN_STAGE=local CDK_OUTDIR=cdk.out node bin/app.ts`. Needs the bundles of bin/build.ts.
const app = newApp({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out' });
addRipen(
  app,
  stageConfig(process.env.RIPEN_STAGE ?? app.node.tryGetContext('stage') ?? 'dev'),
  readPlaybookFacts(join(import.meta.dirname, '../dist/playbook.json')),
);
addValidation(app);
app.synth();
