import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Message } from './message.ts';
import { requestTimeoutMs, type SendOutcome } from './send.ts';

/** Hands one message to SES and says what came of it. Never throws: what is not known is an outcome. */
export type SendMail = (message: Message, raw: Uint8Array) => Promise<SendOutcome>;

/** The configuration sets of the stage: with opens and clicks, and without, for whoever refused to be tracked (T15). */
export interface ConfigurationSets {
  readonly tracked: string;
  readonly untracked: string;
}

/** Sends through SES, once a call: a retry by the SDK after a lost answer would be a second mail, so it has none. */
export function sesSender(sets: ConfigurationSets, client = new SESClient({ maxAttempts: 1 })): SendMail {
  return async ({ from, to, tags, tracked }, raw) => {
    const command = new SendRawEmailCommand({
      Source: from.address,
      Destinations: [to.address],
      RawMessage: { Data: raw },
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value: tagValue(Value) })),
      ConfigurationSetName: tracked ? sets.tracked : sets.untracked,
    });
    try {
      const { MessageId } = await client.send(command, { abortSignal: AbortSignal.timeout(requestTimeoutMs) });
      return MessageId ? { outcome: 'accepted', messageId: MessageId } : { outcome: 'unknown', reason: 'NoMessageId' };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

/** Values SES takes in a tag. */
function tagValue(value: string): string {
  return value.replace(/[^A-Za-z0-9_.@-]/g, '-').slice(0, 256);
}

/** SES has looked at the message and will never take it. */
const refusals = ['MessageRejected', 'InvalidParameterValue', 'ValidationError'];

/** The call cannot have reached SES: nobody answered the door, or there was no door, or no key to it. */
const neverArrived = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'];
/** Nor can it when the way was not even found; on a connection that stood, they may come after it has arrived. */
const unreachable = ['EHOSTUNREACH', 'ENETUNREACH'];

/**
 * What an error of the SES client proves (invariants §1). A 4xx is an answer, so nothing was sent: for good when the message is at
 * fault, until later when it is the rate, the quota or the account. Time-outs, resets and 5xx prove nothing.
 */
export function outcomeOf(error: unknown): SendOutcome {
  const { name = 'Error', code, syscall, status } = facts(error);
  if (refusals.includes(name)) return { outcome: 'refused', reason: name };
  const isUnreached = unreachable.includes(code ?? name) && syscall === 'connect';
  if (isUnreached || neverArrived.includes(code ?? name)) return { outcome: 'not-sent', reason: code ?? name };
  if (status !== undefined && status >= 400 && status < 500) return { outcome: 'not-sent', reason: name };
  return { outcome: 'unknown', reason: code ?? name };
}

function facts(error: unknown): { name?: string; code?: string; syscall?: string; status?: number } {
  if (typeof error !== 'object' || error === null) return {};
  const name = 'name' in error && typeof error.name === 'string' ? { name: error.name } : {};
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? { syscall: error.syscall } : {};
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : null;
  const status =
    metadata && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
      ? { status: metadata.httpStatusCode }
      : {};
  return { ...name, ...code, ...syscall, ...status };
}
