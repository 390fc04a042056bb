import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import type { RoomProps } from '../room-props.ts';
import { allowTable } from '../table-access.ts';

export interface MetricsProps extends RoomProps {
  readonly metrics: ITable;
}

/** The ledger's days → one snapshot a day. */
export class Metrics extends Construct {
  constructor(scope: Construct, id: string, props: MetricsProps) {
    super(scope, id);
    const { stage, api, leads, metrics, undelivered } = props;
    const roll = new NodeLambda(this, 'RollDays', {
      stage,
      door: 'metrics/roll-days',
      errorImpact: 'the figures of the day stand still',
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName },
      undelivered,
    });
    allowTable(roll, leads, ['Query', 'DeleteItem'], ['byDay']);
    allowTable(roll, metrics, ['Query', 'BatchGetItem', 'PutItem']);
    const target = new LambdaFunction(roll, { deadLetterQueue: undelivered });
    // Once a night whatever happened: today and yesterday are counted again from the ledger.
    const rebuild = new LambdaFunction(roll, {
      deadLetterQueue: undelivered,
      event: RuleTargetInput.fromObject({ rebuild: true }),
    });
    new Rule(this, 'EveryMinute', { schedule: Schedule.rate(Duration.minutes(1)), targets: [target] });
    new Rule(this, 'Nightly', { schedule: Schedule.expression('cron(10 3 * * ? *)'), targets: [rebuild] });
    const read = new HttpDoor(this, 'ReadDays', {
      stage,
      api,
      door: 'metrics/read-days',
      errorImpact: 'the figures cannot be fetched',
      environment: { METRICS_TABLE_NAME: metrics.tableName },
    });
    allowTable(read, metrics, ['Query']);
  }
}
