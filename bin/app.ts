import { join } from 'node:path';
import { readPlaybookFacts } from '../lib/playbook-facts.ts';
import { addRipen, newApp } from '../lib/ripen.ts';
import { stageConfig } from '../lib/stage.ts';
import { addValidation } from '../lib/validation.ts';

// Run by the CDK's CLI, or by itself: `RIPEN_STAGE=local CDK_OUTDIR=cdk.out node bin/app.ts`. Needs the bundles of bin/build.ts.
// The local runner keeps its own (RIPEN_DIST), so that a build never changes what is running.
const dist = process.env.RIPEN_DIST ?? join(import.meta.dirname, '../dist');
const app = newApp({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', context: { functions: join(dist, 'functions') } });
addRipen(
  app,
  stageConfig(process.env.RIPEN_STAGE ?? app.node.tryGetContext('stage') ?? 'dev'),
  readPlaybookFacts(join(dist, 'playbook.json')),
);
addValidation(app);
app.synth();
