import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConfigurationSet, IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { fatefulTypes } from '../../functions/nurture/message-fate.ts';
import { plannedCauses } from '../../functions/nurture/planned-sequence.ts';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

export interface NurtureProps extends RoomProps {
  /** What came back of the mail, day by day. */
  readonly metrics: ITable;
  readonly linkKeys: ISecret;
  readonly pepper: ISecret;
  readonly identity: IEmailIdentity;
  readonly configurationSet: IConfigurationSet;
  /** For whoever refused tracking. */
  readonly untrackedConfigurationSet: IConfigurationSet;
  /** The activity types that the sequences of the playbook begin with, wait for, or have as their goal. */
  readonly followedActivities: readonly string[];
}

/** What the room hears of whatever the sequences, and however old: the proof of a send, the end of every walk. */
const always = ['email.sent', 'deal.won', 'email.replied'];
/** What it hears besides: a form brings its promised asset, a confirmed address begins what its form could not, and what the plan is for. */
const fresh = ['form.submitted', 'list.subscribed', ...plannedCauses];

/** ActivityRecorded → enroll; StepDue and MessageRequested → claim, send, next step; the only room that may send. */
export class Nurture extends Construct {
  constructor(scope: Construct, id: string, props: NurtureProps) {
    super(scope, id);
    this.followLeads(props);
    this.sendMessages(props);
    this.noteFates(props);
    this.reconcileSends(props);
    this.readEnrollments(props);
    this.readSequences(props);
    this.sendTests(props);
    this.watchReputation(props);
    this.controlSending(props);
    this.migrateWalks(props);
    this.readSending(props);
  }

  private followLeads({ stage, bus, leads, baseUrl, undelivered, followedActivities }: NurtureProps): void {
    const door = new NodeLambda(this, 'FollowLeads', {
      stage,
      door: 'nurture/follow-leads',
      errorImpact: 'new leads get no e-mail, and those who left a sequence still do',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName, BASE_URL: baseUrl },
    });
    allowTable(
      door,
      leads,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      ['byTime'],
    );
    bus.grantPutEventsTo(door);
    const types = [...new Set([...fresh, ...followedActivities])].filter((type) => !always.includes(type));
    new Subscription(this, 'Leads', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['LeadHandedOff', 'LeadSuppressed', 'LeadScored'] },
        { source, detailType: ['ActivityRecorded'], detail: { activity: { type: always } } },
        // What an old file tells begins nothing: an import of thousands wakes nobody.
        { source, detailType: ['ActivityRecorded'], detail: { quiet: [false], activity: { type: types } } },
      ],
    });
  }

  private sendMessages(props: NurtureProps): void {
    const { stage, bus, leads, baseUrl, linkKeys, identity, undelivered } = props;
    const { configurationSet, untrackedConfigurationSet } = props;
    const door = new NodeLambda(this, 'SendMessages', {
      stage,
      door: 'nurture/send-messages',
      errorImpact: 'no e-mail leaves: neither to leads nor to reps',
      // Ten messages one after the other, each with three seconds for its turn and five for SES: a door that is cut off in the middle of a
      // call leaves a message of which nobody knows.
      timeout: Duration.seconds(120),
      environment: {
        TABLE_NAME: leads.tableName,
        BASE_URL: baseUrl,
        LINK_KEYS_SECRET_ARN: linkKeys.secretArn,
        CONFIGURATION_SET: configurationSet.configurationSetName,
        UNTRACKED_CONFIGURATION_SET: untrackedConfigurationSet.configurationSetName,
      },
    });
    allowTable(
      door,
      leads,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      ['byTime'],
    );
    linkKeys.grantRead(door);
    const arns = [configurationSet, untrackedConfigurationSet].map(({ configurationSetName: resourceName }) =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName }),
    );
    door.allow(['ses:SendRawEmail'], [identity.emailIdentityArn, ...arns]);
    // The quota is the account's own: there is no resource to name.
    door.allow(['ses:GetSendQuota'], ['*']);
    new Subscription(this, 'Messages', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['StepDue', 'MessageRequested', 'SendUnresolved'] }],
      // Each waits for its slot under SES's rate: more of them would only wait longer.
      maxConcurrency: stage.sendingConcurrency,
    });
  }

  /** What becomes of a message is told by activities of its lead, and may be told otherwise later. */
  private noteFates({ stage, bus, leads, undelivered }: RoomProps): void {
    const door = new NodeLambda(this, 'NoteFates', {
      stage,
      door: 'nurture/note-fates',
      errorImpact: 'nobody sees what became of the e-mails',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'UpdateItem'], ['byTime']);
    new Subscription(this, 'Fates', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        { source, detailType: ['ActivityRecorded'], detail: { activity: { type: [...fatefulTypes] } } },
        { source, detailType: ['ActivityRejudged'] },
      ],
    });
  }

  /** Every night: what SES has not told of, it is asked. */
  private reconcileSends({ stage, bus, leads, undelivered }: RoomProps): void {
    const door = new NodeLambda(this, 'ReconcileSends', {
      stage,
      door: 'nurture/reconcile-sends',
      errorImpact: 'what SES forgot to tell of a message stays unknown',
      // SES may be asked once a second, and six hundred times are asked.
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
      undelivered,
      silence: Duration.days(1),
    });
    allowTable(door, leads, ['BatchGetItem', 'UpdateItem', 'PutItem'], ['byList']);
    bus.grantPutEventsTo(door);
    // Of this there is no narrower resource.
    door.allow(['ses:GetMessageInsights'], ['*']);
    new Rule(this, 'Nightly', {
      schedule: Schedule.expression('cron(40 4 * * ? *)'),
      targets: [new LambdaFunction(door, { deadLetterQueue: undelivered })],
    });
  }

  private readEnrollments({ stage, api, leads }: RoomProps): void {
    const door = new HttpDoor(this, 'ReadEnrollments', {
      stage,
      api,
      door: 'nurture/read-enrollments',
      errorImpact: 'nobody sees which e-mails a lead was sent',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['Query']);
  }

  /** Too much mail comes back or is called spam → marketing pauses, and the team is told. */
  private watchReputation({ stage, leads, metrics, baseUrl, undelivered }: NurtureProps): void {
    const door = new NodeLambda(this, 'WatchReputation', {
      stage,
      door: 'nurture/watch-reputation',
      errorImpact: 'marketing e-mail goes on while it ruins the name of the domain',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName, BASE_URL: baseUrl },
      undelivered,
      silence: Duration.minutes(15),
    });
    allowTable(door, leads, ['BatchGetItem', 'GetItem', 'Query', 'PutItem']);
    allowTable(door, metrics, ['Query']);
    const target = new LambdaFunction(door, { deadLetterQueue: undelivered });
    new Rule(this, 'EveryFiveMinutes', { schedule: Schedule.rate(Duration.minutes(5)), targets: [target] });
  }

  private sendTests({ stage, api, bus, leads, pepper, baseUrl }: NurtureProps): void {
    const door = new HttpDoor(this, 'SendTest', {
      stage,
      api,
      door: 'nurture/send-test',
      errorImpact: 'nobody can send themselves an e-mail to look at',
      environment: {
        TABLE_NAME: leads.tableName,
        BUS_NAME: bus.eventBusName,
        PEPPER_SECRET_ARN: pepper.secretArn,
        BASE_URL: baseUrl,
      },
    });
    allowTable(door, leads, ['GetItem']);
    bus.grantPutEventsTo(door);
    // To find a lead by e-mail address.
    pepper.grantRead(door);
  }

  private readSequences({ stage, api, leads, metrics }: NurtureProps): void {
    const door = new HttpDoor(this, 'ReadSequences', {
      stage,
      api,
      door: 'nurture/read-sequences',
      errorImpact: 'nobody sees what came of the sequences, nor who is where in them',
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem', 'Query'], ['byList']);
    allowTable(door, metrics, ['Query']);
  }

  /** A person moves walks under way to the version that runs now. */
  private migrateWalks({ stage, api, leads }: NurtureProps): void {
    const door = new HttpDoor(this, 'MigrateWalks', {
      stage,
      api,
      door: 'nurture/migrate-walks',
      errorImpact: 'walks under way cannot be moved to a new version of their sequence',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(
      door,
      leads,
      ['BatchGetItem', 'GetItem', 'Query', 'PutItem', 'DeleteItem', 'ConditionCheckItem'],
      ['byList'],
    );
  }

  /** A person holds mail back, or lets it go. */
  private controlSending({ stage, api, leads, metrics }: NurtureProps): void {
    const door = new HttpDoor(this, 'ControlSending', {
      stage,
      api,
      door: 'nurture/control-sending',
      errorImpact: 'nobody can stop the mail',
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName },
    });
    allowTable(door, leads, ['BatchGetItem', 'GetItem', 'Query', 'PutItem', 'DeleteItem']);
    allowTable(door, metrics, ['Query']);
  }

  private readSending({ stage, api, leads, metrics }: NurtureProps): void {
    const door = new HttpDoor(this, 'ReadSending', {
      stage,
      api,
      door: 'nurture/read-sending',
      errorImpact: 'nobody sees whether mail goes out',
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName },
    });
    allowTable(door, leads, ['BatchGetItem', 'GetItem', 'Query'], ['byList']);
    allowTable(door, metrics, ['Query']);
  }
}
