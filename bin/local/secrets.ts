import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** CloudFormation's `GenerateSecretString`: how Secrets Manager makes a secret's first value. */
export const GenerateSecretString = z.object({
  ExcludeCharacters: z.string().optional(),
  ExcludeLowercase: z.boolean().optional(),
  ExcludeNumbers: z.boolean().optional(),
  ExcludePunctuation: z.boolean().optional(),
  ExcludeUppercase: z.boolean().optional(),
  GenerateStringKey: z.string().optional(),
  IncludeSpace: z.boolean().optional(),
  PasswordLength: z.number().int().min(1).max(4096).optional(),
  RequireEachIncludedType: z.boolean().optional(),
  SecretStringTemplate: z.string().optional(),
});
export type GenerateSecretString = z.infer<typeof GenerateSecretString>;

/** A secret of the template: either its `value` stands there, or it is made by `generate` at the first start. */
export interface SecretSpec {
  readonly logicalId: string;
  readonly arn: string;
  readonly name?: string;
  readonly generate?: GenerateSecretString;
  readonly value?: string;
}

export interface Secrets {
  /** Answers a Secrets Manager JSON 1.1 call; `target` is its `X-Amz-Target`. */
  handle(target: string, body: unknown): { readonly status: number; readonly body: unknown };
}

const Stored = z.record(z.string(), z.object({ value: z.string(), versionId: z.string(), createdAt: z.number() }));
type Stored = z.infer<typeof Stored>;
const GetSecretValue = z.object({
  SecretId: z.string().min(1),
  VersionStage: z.string().optional(),
  VersionId: z.string().optional(),
});

/** Secrets Manager for one data folder. What it generates once stays the same for as long as the folder lives. */
export function openSecrets(deps: {
  /** The data folder; the values live in `secrets.json` in it, readable by its owner only. */
  readonly folder: string;
  readonly secrets: readonly SecretSpec[];
}): Secrets {
  const stored = generateMissing(join(deps.folder, 'secrets.json'), deps);
  const values = new Map(
    deps.secrets.flatMap((secret) => {
      const kept = stored[secret.logicalId];
      if (secret.value === undefined && kept === undefined) return [];
      const { value, versionId, createdAt } = kept ?? { value: '', versionId: fixedVersion, createdAt: 0 };
      const entry = { secret, value: secret.value ?? value, versionId, createdAt };
      return [secret.arn, secret.name ?? secret.logicalId].map((id) => [id, entry] as const);
    }),
  );
  return {
    handle(target, body) {
      if (target !== 'secretsmanager.GetSecretValue') {
        return refused('UnknownOperationException', `the local runner answers GetSecretValue, not ${target}`);
      }
      const request = GetSecretValue.safeParse(body);
      if (!request.success) return refused('ValidationException', 'GetSecretValue needs a SecretId');
      const { SecretId, VersionId, VersionStage = 'AWSCURRENT' } = request.data;
      const entry = values.get(SecretId);
      if (entry === undefined) {
        return refused('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      if (VersionStage !== 'AWSCURRENT' || (VersionId ?? entry.versionId) !== entry.versionId) {
        return refused(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
        );
      }
      const answer = {
        ARN: entry.secret.arn,
        Name: entry.secret.name ?? entry.secret.logicalId,
        VersionId: entry.versionId,
        SecretString: entry.value,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: entry.createdAt / 1000,
      };
      return { status: 200, body: answer };
    },
  };
}

/** A value of the template has one version, and never another. */
const fixedVersion = '00000000-0000-4000-8000-000000000000';

function generateMissing(
  file: string,
  { folder, secrets }: { folder: string; secrets: readonly SecretSpec[] },
): Stored {
  const kept = existsSync(file) ? Stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const missing = secrets.filter(({ logicalId, value }) => value === undefined && kept[logicalId] === undefined);
  if (missing.length === 0) return kept;
  const made = missing.map(({ logicalId, generate = {} }) => {
    return [logicalId, { value: secretString(generate), versionId: randomUUID(), createdAt: Date.now() }] as const;
  });
  const all = { ...kept, ...Object.fromEntries(made) };
  mkdirSync(folder, { recursive: true });
  // Written aside and moved into place: a stop half-way must not lose a pepper that was already in use.
  writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return all;
}

/** Makes a value as Secrets Manager does: a password, alone or under a key of the template's JSON. */
function secretString(generate: GenerateSecretString): string {
  const password = randomPassword(generate);
  const { SecretStringTemplate: template, GenerateStringKey: key } = generate;
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...z.looseObject({}).parse(JSON.parse(template)), [key]: password });
}

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function randomPassword(generate: GenerateSecretString): string {
  const excluded = new Set(generate.ExcludeCharacters ?? '');
  const types = [
    generate.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    generate.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    generate.ExcludeNumbers ? '' : '0123456789',
    generate.ExcludePunctuation ? '' : punctuation,
    generate.IncludeSpace ? ' ' : '',
  ]
    .map((type) => [...type].filter((character) => !excluded.has(character)).join(''))
    .filter((type) => type !== '');
  if (types.length === 0)
    throw new Error('GenerateSecretString excludes every character: nothing is left to choose from');
  const length = generate.PasswordLength ?? 32;
  const all = types.join('');
  const one = (type: string) => type.charAt(randomInt(type.length));
  // One of each type comes first, then the order is shuffled, so that where it stands tells nothing.
  const required = generate.RequireEachIncludedType === false ? [] : types.slice(0, length).map(one);
  const characters = [...required, ...Array.from({ length: length - required.length }, () => one(all))];
  return characters
    .map((character) => ({ character, place: randomInt(2 ** 47) }))
    .sort((a, b) => a.place - b.place)
    .map(({ character }) => character)
    .join('');
}

function refused(type: string, message: string) {
  return { status: 400, body: { __type: type, Message: message } };
}
