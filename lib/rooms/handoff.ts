import { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable, type TableAction } from '../table-access.ts';

export interface HandoffProps extends RoomProps {
  readonly linkKeys: ISecret;
  /** Addresses and signing keys of the channels and webhooks. */
  readonly channels: ISecret;
  /** The lead types of whom the follow-up plan wants to know later what became of them. */
  readonly followedTypes: readonly string[];
  /** The activity types that an audience is for. */
  readonly convertingActivities: readonly string[];
}

/** What every door does that changes a hand-off. */
const changing: readonly TableAction[] = [
  ...(['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] as const),
];

/** What every door does that calls other systems. */
const calling: readonly TableAction[] = [
  ...(['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem'] as const),
];

/** What a door is told that calls other systems, and tells by e-mail what cannot be told there. */
function callingEnvironment({
  bus,
  leads,
  baseUrl,
  linkKeys,
  channels,
}: HandoffProps): Readonly<Record<string, string>> {
  return {
    TABLE_NAME: leads.tableName,
    BUS_NAME: bus.eventBusName,
    BASE_URL: baseUrl,
    LINK_KEYS_SECRET_ARN: linkKeys.secretArn,
    CHANNELS_SECRET_ARN: channels.secretArn,
  };
}

function allowCalls(
  door: NodeLambda,
  { bus, leads, linkKeys, channels }: HandoffProps,
  indexes: readonly string[],
): void {
  allowTable(door, leads, calling, indexes);
  linkKeys.grantRead(door);
  channels.grantRead(door);
  bus.grantPutEventsTo(door);
}

/** LeadQualified → the right rep has the lead, in time, with the reasons → what sales says of it. */
export class Handoff extends Construct {
  constructor(scope: Construct, id: string, props: HandoffProps) {
    super(scope, id);
    this.handOffLeads(props);
    this.readHandoffs(props);
    this.notifyReps(props);
    this.deliverWebhooks(props);
    this.workDeliveries(props);
    this.postAnswers(props);
    this.answerLinks(props);
    this.followAudiences(props);
    this.readAudiences(props);
    this.readLeaks(props);
    this.followUpLeads(props);
    this.workTasks(props);
  }

  /** A qualified lead gets a rep, and another one when time runs out; what the lead does meanwhile is noted. */
  private handOffLeads({ stage, bus, leads, undelivered }: RoomProps): void {
    const door = new NodeLambda(this, 'HandOffLeads', {
      stage,
      door: 'handoff/hand-off-leads',
      errorImpact: 'hot leads wait for a rep',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, changing, ['byTime', 'byList']);
    new Subscription(this, 'Qualified', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['LeadQualified', 'LeadRequalified', 'HandoffDue', 'LeadErased'] },
        {
          source,
          detailType: ['ActivityRecorded'],
          detail: {
            activity: {
              type: ['deal.won', 'deal.lost', 'appointment.cancelled', 'appointment.moved'],
              source: [{ 'anything-but': ['handoff'] }],
            },
          },
        },
      ],
    });
  }

  /** What sales says of a hand-off, from the pages and from programs. */
  private postAnswers({ stage, api, leads }: HandoffProps): void {
    const door = new HttpDoor(this, 'PostAnswers', {
      stage,
      api,
      door: 'handoff/post-answers',
      errorImpact: 'reps cannot accept their leads, nor say what became of them',
      timeout: Duration.seconds(29),
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, changing, ['byTime', 'byList']);
  }

  /** What a rep says by the link of their message. */
  private answerLinks({ stage, api, leads, linkKeys, baseUrl }: HandoffProps): void {
    const door = new HttpDoor(this, 'AnswerLinks', {
      stage,
      api,
      door: 'handoff/answer-links',
      errorImpact: 'reps cannot answer by the links of their messages',
      timeout: Duration.seconds(29),
      environment: { TABLE_NAME: leads.tableName, LINK_KEYS_SECRET_ARN: linkKeys.secretArn, BASE_URL: baseUrl },
    });
    allowTable(door, leads, changing, ['byTime', 'byList']);
    linkKeys.grantRead(door);
  }

  private readHandoffs({ stage, api, leads }: RoomProps): void {
    const door = new HttpDoor(this, 'ReadHandoffs', {
      stage,
      api,
      door: 'handoff/read-handoffs',
      errorImpact: 'the list of hand-offs does not open',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem'], ['byList']);
  }

  /** Who has not bought is followed up: by a task of their rep, or by a sequence and an audience. */
  private followUpLeads({ stage, bus, leads, undelivered, followedTypes }: HandoffProps): void {
    const door = new NodeLambda(this, 'FollowUpLeads', {
      stage,
      door: 'handoff/follow-up-leads',
      errorImpact: 'nobody follows up who has not bought',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
    });
    allowTable(
      door,
      leads,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      ['byTime'],
    );
    bus.grantPutEventsTo(door);
    new Subscription(this, 'FollowUps', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['FollowUpDue'] },
        {
          source,
          detailType: ['HandoffChanged'],
          detail: { what: ['accepted', 'contacted', 'meeting', 'won', 'lost', 'rejected', 'recycled'] },
        },
        ...followedTypes.map((type) => ({
          source,
          detailType: ['LeadScored'],
          detail: { milestones: { [type]: { activityId: [{ exists: true }] } } },
        })),
      ],
    });
  }

  private workTasks({ stage, api, leads }: RoomProps): void {
    const door = new HttpDoor(this, 'WorkTasks', {
      stage,
      api,
      door: 'handoff/work-tasks',
      errorImpact: 'reps do not see whom to follow up',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem', 'UpdateItem'], ['byList']);
  }

  /** Who took no next step is shown advertisements until they do, or permit none any more. */
  private followAudiences({ stage, bus, leads, undelivered, convertingActivities }: HandoffProps): void {
    const door = new NodeLambda(this, 'FollowAudiences', {
      stage,
      door: 'handoff/follow-audiences',
      errorImpact: 'people are listed for advertisements who have left, or are not listed who joined',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'Query', 'PutItem', 'ConditionCheckItem'], ['byTime']);
    const types = ['audience.joined', 'consent.changed', ...convertingActivities.filter((type) => type !== 'deal.won')];
    new Subscription(this, 'Audiences', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['LeadHandedOff', 'LeadSuppressed'] },
        // Whoever has bought is shown no advertisements, also when only a file tells of it.
        { source, detailType: ['ActivityRecorded'], detail: { activity: { type: ['deal.won'] } } },
        { source, detailType: ['ActivityRecorded'], detail: { quiet: [false], activity: { type: types } } },
      ],
    });
  }

  private readAudiences({ stage, api, leads }: HandoffProps): void {
    const door = new HttpDoor(this, 'ReadAudiences', {
      stage,
      api,
      door: 'handoff/read-audiences',
      errorImpact: 'the files for advertisements cannot be fetched',
      // Ten thousand leads are read and unpacked for one file.
      timeout: Duration.seconds(29),
      memoryMb: 1769,
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['BatchGetItem'], ['byList']);
  }

  private readLeaks({ stage, api, leads }: HandoffProps): void {
    const door = new HttpDoor(this, 'ReadLeaks', {
      stage,
      api,
      door: 'handoff/read-leaks',
      errorImpact: 'nobody sees where leads are lost',
      // Up to ten thousand leads are looked at for one answer.
      timeout: Duration.seconds(29),
      memoryMb: 1769,
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['BatchGetItem'], ['byDay', 'byTime']);
  }

  /** HandoffChanged → whoever it concerns knows, in their own channel and language. */
  private notifyReps(props: HandoffProps): void {
    const { stage, bus, undelivered } = props;
    const door = new NodeLambda(this, 'NotifyHandoffs', {
      stage,
      door: 'handoff/notify-handoffs',
      errorImpact: 'reps do not hear of their leads',
      // Ten changes one after the other, each with a call to a channel that may let us wait.
      timeout: Duration.seconds(120),
      environment: callingEnvironment(props),
    });
    allowCalls(door, props, ['byTime']);
    new Subscription(this, 'Changes', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['HandoffChanged'], detail: { what: ['assigned', 'noted', 'accepted', 'queued'] } },
      ],
    });
  }

  /** HandoffChanged → whoever wants to know is told; what could not be told is told later. */
  private deliverWebhooks(props: HandoffProps): void {
    const { stage, bus, undelivered } = props;
    const door = new NodeLambda(this, 'DeliverWebhooks', {
      stage,
      door: 'handoff/deliver-webhooks',
      errorImpact: 'other systems do not hear of hand-offs, and channels that were down are not tried again',
      // Ten calls one after the other, each of which may let us wait.
      timeout: Duration.seconds(120),
      environment: callingEnvironment(props),
    });
    allowCalls(door, props, ['byTime']);
    new Subscription(this, 'Deliveries', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['HandoffChanged', 'DeliveryDue'] }],
    });
  }

  /** What other systems were told, and a button to tell them again. */
  private workDeliveries(props: HandoffProps): void {
    const { stage, api } = props;
    const door = new HttpDoor(this, 'WorkDeliveries', {
      stage,
      api,
      door: 'handoff/work-deliveries',
      errorImpact: 'nobody sees what other systems were told, nor can tell them again',
      // A call that lets us wait, and the e-mail instead of it.
      timeout: Duration.seconds(29),
      environment: callingEnvironment(props),
    });
    allowCalls(door, props, ['byTime', 'byList']);
  }
}
