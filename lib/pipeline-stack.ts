import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConfigurationSet, IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { NodeLambda } from './node-lambda.ts';
import { source } from './room-props.ts';
import { Capture } from './rooms/capture.ts';
import { Consent } from './rooms/consent.ts';
import { Handoff } from './rooms/handoff.ts';
import { Leads } from './rooms/leads.ts';
import { Metrics } from './rooms/metrics.ts';
import { Nurture } from './rooms/nurture.ts';
import { Scoring } from './rooms/scoring.ts';
import type { StageConfig } from './stage.ts';
import { Subscription } from './subscription.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: StageConfig;
  readonly leads: ITable;
  readonly metrics: ITable;
  readonly pepper: ISecret;
  readonly linkKeys: ISecret;
  readonly channels: ISecret;
  readonly identity: IEmailIdentity;
  readonly configurationSet: IConfigurationSet;
  readonly untrackedConfigurationSet: IConfigurationSet;
  readonly feedback: ITopic;
  /** Left out, replies are not received here. */
  readonly repliesDomain?: string;
  readonly api: IHttpApi;
  readonly baseUrl: string;
  readonly followedActivities: readonly string[];
  readonly followedTypes: readonly string[];
  readonly convertingActivities: readonly string[];
}

/** The bus and the rooms around it: everything that happens to a lead happens here. */
export class PipelineStack extends Stack {
  readonly bus: EventBus;
  readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    const { config: stage, leads, metrics, pepper, linkKeys, api, baseUrl } = props;
    const undelivered = new DeadLetterQueue(this, 'Undelivered', `ripen-${stage.name}-undelivered`);
    this.undelivered = undelivered;
    this.bus = new EventBus(this, 'Bus', { eventBusName: `ripen-${stage.name}`, deadLetterQueue: undelivered });
    new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      description: 'Every event of two weeks, to be replayed after a fault',
      eventPattern: { source },
      // No longer: an erased person may still stand in it, and fourteen days is what we promise.
      retention: Duration.days(14),
    });

    const room = { stage, bus: this.bus, leads, api, baseUrl, undelivered };
    new Capture(this, 'Capture', {
      ...room,
      linkKeys,
      feedback: props.feedback,
      ...(props.repliesDomain && { repliesDomain: props.repliesDomain }),
    });
    new Scoring(this, 'Scoring', { ...room, pepper, linkKeys });
    new Leads(this, 'Leads', { ...room, pepper });
    new Nurture(this, 'Nurture', {
      ...room,
      metrics,
      linkKeys,
      pepper,
      identity: props.identity,
      configurationSet: props.configurationSet,
      untrackedConfigurationSet: props.untrackedConfigurationSet,
      followedActivities: props.followedActivities,
    });
    new Consent(this, 'Consent', { ...room, pepper, linkKeys });
    new Handoff(this, 'Handoff', {
      ...room,
      linkKeys,
      channels: props.channels,
      followedTypes: props.followedTypes,
      convertingActivities: props.convertingActivities,
    });
    new Metrics(this, 'Metrics', { ...room, metrics });
  }

  /** Every door of every room. */
  get doors(): readonly NodeLambda[] {
    return this.node.findAll().filter((construct) => construct instanceof NodeLambda);
  }

  /** Every queue between the bus and a door. */
  get subscriptions(): readonly Subscription[] {
    return this.node.findAll().filter((construct) => construct instanceof Subscription);
  }
}
