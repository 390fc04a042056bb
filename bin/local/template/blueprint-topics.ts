import * as z from 'zod';
import type { TopicSpec } from '../topics/topics.ts';
import { queueOf } from './arn.ts';
import { type Cloud, explained } from './cloud.ts';
import { TemplateError } from './template-error.ts';

const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string().optional(),
  RawMessageDelivery: z.boolean().default(false),
  FilterPolicy: z.undefined('filter policies do not run here: filter in the function').optional(),
});

/** Who is told in person, when an alarm rings: nobody is paged for a laptop. */
const FOR_PEOPLE = ['email', 'email-json', 'sms'];

/** Topics with their queues. A topic without one is there and silent, like the one that alarms ring. */
export function readTopics(cloud: Cloud): TopicSpec[] {
  const subscriptions = cloud.ofType('AWS::SNS::Subscription').flatMap((placed) => {
    const { TopicArn, Protocol, Endpoint = '', RawMessageDelivery } = cloud.read(placed, SubscriptionProperties);
    if (FOR_PEOPLE.includes(Protocol)) return [];
    return explained(placed, () => {
      if (Protocol !== 'sqs') throw new TemplateError(`a topic feeds queues only here, not ${Protocol}`);
      if (!RawMessageDelivery) throw new TemplateError('messages come as they are here: set RawMessageDelivery');
      return [{ topic: TopicArn, queue: queueOf(Endpoint) }];
    });
  });
  return cloud.ofType('AWS::SNS::Topic').map(({ name, region, account }) => {
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    return { arn, queues: subscriptions.filter(({ topic }) => topic === arn).map(({ queue }) => queue) };
  });
}
