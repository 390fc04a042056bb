import * as z from 'zod';
import { signedHeaders } from './signature.ts';

/** A command that cannot go on, for a reason the person at the keyboard can mend. */
export class PersonError extends Error {
  override readonly name = 'PersonError';
}

/** The private routes of a Ripen, on this machine or deployed. */
export interface Site {
  /** @throws PersonError with what the site says, or why it could not be asked. */
  ask(method: 'GET' | 'DELETE', path: string): Promise<unknown>;
}

const Refusal = z.object({ error: z.object({ message: z.string() }) });

/** A deployed one is asked with the credentials of the environment, as the AWS CLI exports them. */
export function siteAt(base: string, env: NodeJS.ProcessEnv, now: () => number): Site {
  return {
    async ask(method, path) {
      const url = new URL(path, base);
      const response = await fetch(url, { method, headers: headersFor(method, url, env, now()) }).catch(() => {
        throw new PersonError(`nobody answers at ${base}: start Ripen, or name another with --url`);
      });
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) return body;
      throw new PersonError(
        Refusal.safeParse(body).data?.error.message ?? `${method} ${url.pathname} answered ${response.status}`,
      );
    },
  };
}

function headersFor(
  method: string,
  url: URL,
  { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION }: NodeJS.ProcessEnv,
  now: number,
): Record<string, string> {
  if (url.protocol === 'http:') return {};
  const region = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/.exec(url.hostname)?.[1] ?? AWS_REGION;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || !region)
    throw new PersonError(
      'a deployed Ripen is asked with your AWS credentials: eval "$(aws configure export-credentials --format env)" and set AWS_REGION',
    );
  return signedHeaders(
    { method, url, service: 'execute-api', region, now },
    { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN },
  );
}
