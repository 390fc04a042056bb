import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  type AlarmProps,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { AlarmBell } from './alarm-bell.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { StageConfig } from './stage.ts';
import type { Subscription } from './subscription.ts';

export interface OpsStackProps extends StackProps {
  readonly config: StageConfig;
  readonly doors: readonly NodeLambda[];
  readonly subscriptions: readonly Subscription[];
  readonly undelivered: IQueue;
  readonly api: IHttpApi;
}

const fiveMinutes = Duration.minutes(5);

/** The doors that call other systems. */
const callingDoors = ['handoff/notify-handoffs', 'handoff/deliver-webhooks', 'handoff/work-deliveries'];

/** Who is told, and of what: a door fails, work waits or was given up, another system was not told, a sweep has stopped, the mail's reputation is at risk. */
export class OpsStack extends Stack {
  private readonly bell: AlarmBell;

  constructor(scope: Construct, id: string, props: OpsStackProps) {
    super(scope, id, props);
    const { config, doors, subscriptions, undelivered } = props;
    this.bell = new AlarmBell(this, 'Bell', config);
    for (const door of doors) this.watchDoor(door);
    for (const { queue, deadLetters, door } of subscriptions) {
      this.watchBacklog(door, queue);
      this.watchGivenUp(
        `${door.node.id}GivenUp`,
        `${door.errorImpact}: ${door.door} has given up on events.`,
        deadLetters,
      );
    }
    this.watchGivenUp('Undelivered', 'An event reached no queue, or a scheduled run was given up.', undelivered);
    for (const door of doors.filter(({ scheduled }) => scheduled)) this.watchSchedule(door);
    this.watchDeliveries(doors.filter(({ door }) => callingDoors.includes(door)));
    this.watchReputation();
    this.drawDashboard(props);
    new CfnOutput(this, 'AlarmTopic', {
      value: this.bell.topic.topicArn,
      description: 'Whoever is on call subscribes to it',
    });
  }

  private watchDoor(door: NodeLambda): void {
    this.ring(
      `${door.node.id}Fails`,
      `${door.errorImpact}: ${door.door} fails.`,
      door.metricErrors({ period: fiveMinutes }),
    );
  }

  private watchBacklog(door: NodeLambda, queue: IQueue): void {
    const oldest = queue.metricApproximateAgeOfOldestMessage({ period: fiveMinutes, statistic: Stats.MAXIMUM });
    this.ring(`${door.node.id}Late`, `${door.errorImpact}: ${door.door} is a quarter of an hour behind.`, oldest, {
      threshold: Duration.minutes(15).toSeconds(),
    });
  }

  private watchGivenUp(id: string, what: string, queue: IQueue): void {
    const waiting = queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM });
    this.ring(id, `${what} Find the cause in the log, mend it, redrive the queue.`, waiting);
  }

  /** A schedule that has stopped is silent: nothing fails, and what waits for its time waits on. */
  private watchSchedule(door: NodeLambda): void {
    const runs = door.metricInvocations({ period: door.silence });
    const silence = door.silence.toHumanString();
    this.ring(`${door.node.id}Stopped`, `${door.errorImpact}: ${door.door} has not run for ${silence}.`, runs, {
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /**
   * A call to another system that was given up fails nowhere: its door has done what it could. The manager hears of it by e-mail;
   * whoever runs this hears here, since the cause is as often an address in the secret.
   */
  private watchDeliveries(doors: readonly NodeLambda[]): void {
    const given = { metricNamespace: 'Ripen', metricName: `DeliveriesGivenUp-${this.stackName}` };
    // A line of the log that says so is text in the message of a JSON record.
    const filterPattern = FilterPattern.literal('"delivery-failed"');
    for (const door of doors)
      new MetricFilter(this, `${door.node.id}Deliveries`, { ...given, logGroup: door.logGroup, filterPattern });
    const givenUp = new Metric({
      namespace: given.metricNamespace,
      metricName: given.metricName,
      period: fiveMinutes,
      statistic: Stats.SUM,
    });
    this.ring(
      'DeliveriesGivenUp',
      'A channel or another system was not told of a hand-off. The page /deliveries says why: mend it, and send it again from there.',
      givenUp,
    );
  }

  /** SES puts an account under review at 5 % bounces or 0.1 % complaints, and stops its mail at twice and five times that. */
  private watchReputation(): void {
    this.ring(
      'Bounces',
      'One e-mail in thirty bounces: clean the list before SES stops all mail.',
      reputation('BounceRate'),
      {
        threshold: 0.03,
      },
    );
    this.ring(
      'Complaints',
      'One reader in two thousand complains: mail less, and only who asked.',
      reputation('ComplaintRate'),
      {
        threshold: 0.0005,
      },
    );
  }

  private drawDashboard({ config, doors, subscriptions, undelivered, api }: OpsStackProps): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
    const deadLetters = [...subscriptions.map((subscription) => subscription.deadLetters), undelivered];
    new Dashboard(this, 'Dashboard', {
      dashboardName: `Ripen-${config.name}`,
      widgets: [
        [
          graph('Requests and refusals', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
          graph(
            'Errors by door',
            doors.map((door) => door.metricErrors({ label: door.door })),
          ),
        ],
        [
          graph(
            'Age of the oldest waiting event, seconds',
            subscriptions.map(({ queue, door }) => queue.metricApproximateAgeOfOldestMessage({ label: door.door })),
          ),
          graph(
            'Given up',
            deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
          ),
        ],
        [graph('Mail reputation', [reputation('BounceRate'), reputation('ComplaintRate')])],
      ],
    });
  }

  private ring(id: string, alarmDescription: string, metric: IMetric, props: Partial<AlarmProps> = {}): void {
    this.bell.on(id, {
      alarmDescription,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
  }
}

function reputation(rate: 'BounceRate' | 'ComplaintRate'): Metric {
  const period = Duration.hours(1);
  return new Metric({ namespace: 'AWS/SES', metricName: `Reputation.${rate}`, period, statistic: Stats.MAXIMUM });
}
