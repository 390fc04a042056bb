import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import type { SesQuota } from './sending-quota.ts';

/** A worker holds messages while it asks: it does not hold them for long. */
const timeoutMs = 2_000;

/** Asks SES what the account may send. Rejects when SES does not say so in two seconds. */
export function sesQuota(client = new SESClient({ maxAttempts: 1 })): () => Promise<SesQuota> {
  return async () => {
    const answer = await client.send(new GetSendQuotaCommand({}), { abortSignal: AbortSignal.timeout(timeoutMs) });
    const { Max24HourSend: max24HourSend, MaxSendRate: maxSendRate, SentLast24Hours: sent24Hour } = answer;
    if (max24HourSend === undefined || maxSendRate === undefined || sent24Hour === undefined)
      throw new Error('SES has answered GetSendQuota without a quota');
    return { max24HourSend, maxSendRate, sent24Hour };
  };
}
