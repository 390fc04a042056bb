import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { env } from './environment.ts';

interface SecretOptions {
  readonly client?: Pick<SecretsManagerClient, 'send'>;
  /** For so long a value is believed, in milliseconds; left out: for as long as the function instance lives. */
  readonly maxAgeMs?: number;
}

/** Reads a secret and remembers it. The variable holds its ARN: the secret itself never stands in an environment. */
export function secret(
  variable: string,
  { client = new SecretsManagerClient({}), maxAgeMs = Number.POSITIVE_INFINITY }: SecretOptions = {},
): () => Promise<string> {
  const secretId = env(variable);
  let value: Promise<string> | undefined;
  let readAt = 0;
  return () => {
    if (Date.now() - readAt > maxAgeMs) value = undefined;
    if (!value) readAt = Date.now();
    value ??= client.send(new GetSecretValueCommand({ SecretId: secretId })).then(({ SecretString }) => {
      if (!SecretString) throw new Error(`the secret in ${variable} is empty: give it a value before anything can run`);
      return SecretString;
    });
    // A failed read is not remembered: the next call asks again.
    value.catch(() => {
      value = undefined;
    });
    return value;
  };
}
