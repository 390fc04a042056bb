import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type GenerateSecretString, openSecrets, type SecretSpec } from '../../../bin/local/secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ripen-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pepper: SecretSpec = { logicalId: 'Pepper', arn: 'arn:aws:secretsmanager:local:0:secret:Pepper', generate: {} };

function secretOf(secrets: readonly SecretSpec[], id: string): string {
  const { body } = openSecrets({ folder, secrets }).handle('secretsmanager.GetSecretValue', { SecretId: id });
  return z.object({ SecretString: z.string() }).parse(body).SecretString;
}

function generated(generate: GenerateSecretString): string {
  return secretOf([{ logicalId: 'One', arn: 'arn:one', generate }], 'arn:one');
}

describe('the local secrets', () => {
  it('stay the same over restarts, by ARN, name and logical id alike', () => {
    const first = secretOf([pepper], pepper.arn);
    expect(secretOf([pepper], 'Pepper')).toBe(first);
    expect(secretOf([{ ...pepper, name: 'ripen/pepper' }], 'ripen/pepper')).toBe(first);
    const second: SecretSpec = { logicalId: 'Links', arn: 'arn:links', generate: {} };
    expect(secretOf([pepper, second], 'arn:links')).not.toBe(first);
    expect(secretOf([pepper, second], pepper.arn)).toBe(first);
  });

  it('can be read by their owner only', () => {
    const value = secretOf([pepper], pepper.arn);
    const file = join(folder, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(JSON.stringify(value));
  });

  it('are made as GenerateSecretString says', () => {
    expect(generated({})).toHaveLength(32);
    rmSync(join(folder, 'secrets.json'));
    expect(generated({ PasswordLength: 64, ExcludePunctuation: true, ExcludeUppercase: true })).toMatch(
      /^[a-z0-9]{64}$/,
    );
    rmSync(join(folder, 'secrets.json'));
    expect(generated({ PasswordLength: 200, ExcludeCharacters: '"\\/@ab', IncludeSpace: true })).not.toMatch(
      /["\\/@ab]/,
    );
    rmSync(join(folder, 'secrets.json'));
    expect(generated({ PasswordLength: 4 })).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{4}$/);
    rmSync(join(folder, 'secrets.json'));
    const templated = generated({ SecretStringTemplate: '{"user":"ripen"}', GenerateStringKey: 'password' });
    expect(JSON.parse(templated)).toEqual({ user: 'ripen', password: expect.stringMatching(/^.{32}$/s) });
  });

  it('answer with the value that stands in the template, and write nothing for it', () => {
    expect(secretOf([{ logicalId: 'Fixed', arn: 'arn:fixed', value: 'from the template' }], 'arn:fixed')).toBe(
      'from the template',
    );
    expect(() => statSync(join(folder, 'secrets.json'))).toThrow(/ENOENT/);
  });

  it('refuse what they do not have', () => {
    const secrets = openSecrets({ folder, secrets: [pepper] });
    const ask = (target: string, body: unknown) => secrets.handle(target, body);
    expect(ask('secretsmanager.GetSecretValue', { SecretId: 'none' })).toEqual({
      status: 400,
      body: {
        __type: 'ResourceNotFoundException',
        Message: "Secrets Manager can't find the specified secret.",
      },
    });
    expect(ask('secretsmanager.GetSecretValue', { SecretId: 'Pepper', VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      body: { __type: 'ResourceNotFoundException' },
    });
    expect(ask('secretsmanager.GetSecretValue', {})).toMatchObject({ body: { __type: 'ValidationException' } });
    expect(ask('secretsmanager.PutSecretValue', {})).toMatchObject({ body: { __type: 'UnknownOperationException' } });
  });
});
