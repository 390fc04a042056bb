import type { Queues } from '../queues/queues.ts';

/** A topic of the template, and the queues that take its messages as they are. */
export interface TopicSpec {
  readonly arn: string;
  readonly queues: readonly string[];
}

/** SNS as far as it feeds queues. */
export interface Topics {
  /**
   * Puts `message` on every queue of the topic, joining the running transaction: on all of them or on none. Throws when there is
   * no such topic.
   */
  publish(topicArn: string, message: string): void;
}

export function openTopics(specs: readonly TopicSpec[], queues: Pick<Queues, 'send'>): Topics {
  const topics = new Map(specs.map((spec) => [spec.arn, spec]));
  return {
    publish(topicArn, message) {
      const topic = topics.get(topicArn);
      if (!topic) throw new Error(`there is no topic ${topicArn} in this template`);
      for (const queue of topic.queues) queues.send(queue, message);
    },
  };
}
