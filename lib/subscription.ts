import { Duration, Validations } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { Batching, StageConfig } from './stage.ts';

export interface SubscriptionProps {
  readonly stage: StageConfig;
  readonly door: NodeLambda;
  /** The bus; without one the account's default bus, the only one SES speaks to. */
  readonly bus?: IEventBus;
  /** An event that matches one of these wakes the door. Written narrowly: every event let through is an invocation paid for. */
  readonly patterns: readonly EventPattern[];
  /** Topics whose messages, as they are, wake the door too. */
  readonly topics?: readonly ITopic[];
  /** Where events go that EventBridge or SNS cannot put on the queue. */
  readonly undelivered: IQueue;
  /** Default: ten, without waiting for them. */
  readonly batching?: Batching;
  /** How many of the door may run at once. Default: as many as Lambda starts. */
  readonly maxConcurrency?: number;
}

/**
 * Bus events that match → rule → queue → door; and messages of topics → the same queue. The queue keeps what the door fails: five tries, then the dead-letter queue.
 * A failing event comes back alone (partial batch failures), its neighbours are done.
 */
export class Subscription extends Construct {
  readonly door: NodeLambda;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: SubscriptionProps) {
    super(scope, id);
    const { stage, door, bus, patterns, topics = [], undelivered, batching, maxConcurrency } = props;
    const name = `ripen-${stage.name}-${door.door.split('/')[1]}`;
    this.door = door;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', `${name}-dead`);
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the door's time-out, so that a slow batch is not handed out a second time while it is still at work.
      visibilityTimeout: Duration.seconds(6 * (door.timeout?.toSeconds() ?? 3)),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    patterns.forEach((eventPattern, index) => {
      new Rule(this, `Rule${index + 1}`, {
        eventPattern,
        ...(bus && { eventBus: bus }),
        targets: [new SqsQueue(this.queue, { deadLetterQueue: undelivered })],
      });
    });
    for (const topic of topics)
      topic.addSubscription(
        new SqsSubscription(this.queue, { rawMessageDelivery: true, deadLetterQueue: undelivered }),
      );
    this.queue.grantConsumeMessages(door);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: door,
      eventSourceArn: this.queue.queueArn,
      batchSize: batching?.size ?? 10,
      maxBatchingWindow: batching?.window ?? Duration.seconds(0),
      reportBatchItemFailures: true,
      ...(maxConcurrency && { maxConcurrency }),
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'a queue mapping has no failure destination: the queue itself has a dead-letter queue',
    });
  }
}
