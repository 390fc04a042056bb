import { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

export interface ScoringProps extends RoomProps {
  readonly pepper: ISecret;
}

/** ActivityCaptured → ledger, score, rating, qualification, in one transaction. */
export class Scoring extends Construct {
  constructor(scope: Construct, id: string, props: ScoringProps) {
    super(scope, id);
    const { stage, api, bus, leads, pepper, undelivered } = props;
    const score = new NodeLambda(this, 'ScoreActivities', {
      stage,
      door: 'scoring/score-activities',
      errorImpact: 'activities wait, scores stand still and hot leads wait for a rep',
      timeout: Duration.seconds(60),
      memoryMb: 1024,
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(score, leads, ['GetItem', 'Query', 'PutItem', 'BatchWriteItem', 'ConditionCheckItem'], ['byTime']);
    pepper.grantRead(score);
    new Subscription(this, 'Activities', {
      stage,
      door: score,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['ActivityCaptured'] }],
      batching: stage.scoringBatch,
      maxConcurrency: stage.scoringConcurrency,
    });
    const explain = new HttpDoor(this, 'ExplainLead', {
      stage,
      api,
      door: 'scoring/explain-lead',
      errorImpact: 'a score cannot be explained',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(explain, leads, ['GetItem'], ['byTime']);
  }
}
