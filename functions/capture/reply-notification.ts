import * as z from 'zod';
import { Instant } from '../leads/activity.ts';

/** `PASS`, `FAIL`, `GRAY`, `PROCESSING_FAILED` …; null when SES says nothing. */
const Verdict = z
  .object({ status: z.string() })
  .nullish()
  .catch(null)
  .transform((verdict) => verdict?.status.toUpperCase() ?? null);

/** What SES says of a mail that it has received and put into a bucket, in the words of its documentation. */
export const ReplyNotification = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({
    timestamp: Instant,
    messageId: z.string().min(1),
    /** The envelope's sender: empty for what must not be answered. */
    source: z.string().default(''),
  }),
  receipt: z.object({
    /** Those of the mail's recipients that are ours. */
    recipients: z.array(z.string()).default([]),
    spamVerdict: Verdict,
    virusVerdict: Verdict,
    spfVerdict: Verdict,
    dkimVerdict: Verdict,
    dmarcVerdict: Verdict,
    action: z.object({ type: z.literal('S3'), bucketName: z.string().min(1), objectKey: z.string().min(1) }),
  }),
});
export type ReplyNotification = z.infer<typeof ReplyNotification>;
