import { GetMessageInsightsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';

/** What SES tells of a message when it is asked: every event, whether it was published or not. */
const Insights = z.object({
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  Insights: z
    .array(
      z.object({
        Destination: z.string().default(''),
        Events: z
          .array(
            z.object({
              Timestamp: z.date(),
              Type: z.string(),
              Details: z
                .object({
                  Bounce: z
                    .object({ BounceType: z.string().optional(), BounceSubType: z.string().optional() })
                    .optional(),
                  Complaint: z.object({ ComplaintFeedbackType: z.string().optional() }).optional(),
                })
                .default({}),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
export type Insights = z.infer<typeof Insights>;

/** `unknown`: SES knows no such message, or not yet. `closed`: this account may not ask, now or at all, whatever the message. */
export type InsightsAnswer =
  | { readonly outcome: 'told'; readonly insights: Insights }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'closed'; readonly reason: string };

export type AskInsights = (messageId: string) => Promise<InsightsAnswer>;

/** No message of an account without VDM (SES's Virtual Deliverability Manager) is known to it; some accounts may not even ask. */
const closed = ['AccessDeniedException', 'BadRequestException', 'UnrecognizedClientException'];

/** Asks SES what became of a message. Rejects when SES is away or asked too fast: nothing is known then. */
export function sesInsights(client = new SESv2Client({})): AskInsights {
  return async (MessageId) => {
    try {
      return {
        outcome: 'told',
        insights: Insights.parse(await client.send(new GetMessageInsightsCommand({ MessageId }))),
      };
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'NotFoundException') return { outcome: 'unknown' };
      if (closed.includes(name)) return { outcome: 'closed', reason: name };
      throw error;
    }
  };
}
