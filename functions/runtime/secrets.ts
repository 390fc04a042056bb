import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { env } from './environment.ts';

/** Reads a secret once per function instance. The variable holds its ARN: the secret itself never stands in an environment. */
export function secret(variable: string, client = new SecretsManagerClient({})): () => Promise<string> {
  const secretId = env(variable);
  let value: Promise<string> | undefined;
  return () => {
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
