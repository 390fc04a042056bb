import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnResource, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { addRipen, newApp } from '../../lib/ripen.ts';
import { stageConfig } from '../../lib/stage.ts';
import { addValidation } from '../../lib/validation.ts';
import { emptyBundles, playbook } from './synthesized.ts';

const functions = emptyBundles();

function ripen(stage: string): App {
  const app = newApp({ outdir: mkdtempSync(join(tmpdir(), 'ripen-cdk-')), context: { functions } });
  addRipen(app, stageConfig(stage, {}), playbook);
  addValidation(app);
  return app;
}

describe('the validation', () => {
  it.each(['local', 'dev', 'prod'])('finds nothing in the stage %s', (stage) => {
    expect(() => ripen(stage).synth()).not.toThrow();
  });

  it('stops a synth that leaves a queue open to requests without TLS', () => {
    const app = ripen('dev');
    new Queue(new Stack(app, 'Careless'), 'Queue');
    expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
  });

  it('stops a synth for what is only a warning', () => {
    const app = ripen('dev');
    new CfnResource(new Stack(app, 'Careless'), 'Log', {
      type: 'AWS::Logs::LogGroup',
      properties: { RetentionInDays: 2 },
    });
    expect(() => app.synth()).toThrow('WARNING RetentionInDays: 2 is not one of');
  });
});

describe('a stage', () => {
  it('that does not exist is refused with the names of those that do', () => {
    expect(() => stageConfig('staging', {})).toThrow('no stage staging: use one of dev, local, prod');
  });

  it('answers where RIPEN_BASE_URL says', () => {
    expect(stageConfig('local', { RIPEN_BASE_URL: 'http://127.0.0.1:0' }).baseUrl).toBe('http://127.0.0.1:0');
  });
});
