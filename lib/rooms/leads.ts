import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import type { RoomProps } from '../room-props.ts';
import { allowTable } from '../table-access.ts';

export interface LeadsProps extends RoomProps {
  readonly pepper: ISecret;
}

/** What the table has decided → the bus, what is due → the bus, and leads for whoever asks. */
export class Leads extends Construct {
  constructor(scope: Construct, id: string, props: LeadsProps) {
    super(scope, id);
    this.publishChanges(props);
    this.sweepDue(props);
    this.readLeads(props);
    this.changeAddress(props);
    this.storePlaybook(props);
  }

  private publishChanges({ stage, bus, leads, undelivered }: RoomProps): void {
    const door = new NodeLambda(this, 'PublishChanges', {
      stage,
      door: 'leads/publish-changes',
      errorImpact: 'nobody hears of new activities, scores and qualified leads',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
    });
    allowTable(door, leads, ['GetItem', 'BatchWriteItem', 'DeleteItem']);
    bus.grantPutEventsTo(door);
    leads.grantStreamRead(door);
    new EventSourceMapping(this, 'Changes', {
      target: door,
      eventSourceArn: leads.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 10,
      onFailure: new SqsDlq(undelivered),
      filters: [
        // What is published: leads and outbox rows. What counts on a day: every row with the keys of the day index.
        FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: FilterRule.or('lead', 'outbox') } } } }),
        FilterCriteria.filter({ dynamodb: { NewImage: { dayPk: { S: FilterRule.exists() } } } }),
      ],
    });
  }

  private sweepDue({ stage, bus, leads, undelivered }: RoomProps): void {
    const door = new NodeLambda(this, 'SweepDue', {
      stage,
      door: 'leads/sweep-due',
      errorImpact: 'steps, retries and forgotten events are late',
      // Under a minute, so that two sweeps do not overlap.
      timeout: Duration.seconds(50),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
      undelivered,
    });
    allowTable(door, leads, ['UpdateItem', 'DeleteItem'], ['byList']);
    bus.grantPutEventsTo(door);
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(door, { deadLetterQueue: undelivered })],
    });
  }

  private readLeads({ stage, api, leads, pepper }: LeadsProps): void {
    const door = new HttpDoor(this, 'ReadLeads', {
      stage,
      api,
      door: 'leads/read-leads',
      errorImpact: 'leads cannot be looked up',
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem'], ['byTime', 'byList']);
    pepper.grantRead(door);
  }

  private changeAddress({ stage, api, leads, pepper }: LeadsProps): void {
    const door = new HttpDoor(this, 'ChangeAddress', {
      stage,
      api,
      door: 'leads/change-address',
      errorImpact: 'a lead with a new address cannot be told so',
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(door, leads, ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
    pepper.grantRead(door);
  }

  /** A lead names the model it was scored with, so every version is stored before anything runs on it; then all leads are brought to it. */
  private storePlaybook({ stage, bus, leads }: RoomProps): void {
    const door = new NodeLambda(this, 'StorePlaybook', {
      stage,
      door: 'leads/store-playbook',
      errorImpact: 'the deployment stops: its playbook could not be stored',
      timeout: Duration.seconds(60),
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
    });
    allowTable(door, leads, ['GetItem', 'PutItem', 'DeleteItem', 'BatchWriteItem']);
    bus.grantPutEventsTo(door);
    new Trigger(this, 'AtDeploy', { handler: door });
  }
}
