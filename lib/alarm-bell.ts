import { Stack } from 'aws-cdk-lib';
import { Alarm, type AlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { StageConfig } from './stage.ts';

/** The topic that every alarm rings, when it begins and when it ends. */
export class AlarmBell extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { name, alarmEmails }: StageConfig) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: `Ripen ${name}`, enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which the alarms of this account could publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (alarmEmails.length === 0) return;
    const deadLetterQueue = new DeadLetterQueue(this, 'Unheard', `ripen-${name}-unheard-alarms`);
    for (const address of alarmEmails) this.topic.addSubscription(new EmailSubscription(address, { deadLetterQueue }));
  }

  /** An alarm that rings this bell. */
  on(id: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, props);
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
