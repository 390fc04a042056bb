import { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable, type TableAction } from '../table-access.ts';

export interface ScoringProps extends RoomProps {
  readonly pepper: ISecret;
  readonly linkKeys: ISecret;
}

/** ActivityCaptured → ledger, score, rating, qualification, in one transaction; and what time does to a score; a changed model → every lead. */
export class Scoring extends Construct {
  constructor(scope: Construct, id: string, props: ScoringProps) {
    super(scope, id);
    this.scoreActivities(props);
    this.settleLeads(props);
    this.explainLead(props);
    this.adjustScore(props);
    this.rescoreLeads(props);
    this.reviewLeads(props);
    this.readActivation(props);
  }

  private scoreActivities({ stage, bus, leads, pepper, linkKeys, undelivered }: ScoringProps): void {
    const door = new NodeLambda(this, 'ScoreActivities', {
      stage,
      door: 'scoring/score-activities',
      errorImpact: 'activities wait, scores stand still and hot leads wait for a rep',
      timeout: Duration.seconds(60),
      memoryMb: 1024,
      environment: {
        TABLE_NAME: leads.tableName,
        PEPPER_SECRET_ARN: pepper.secretArn,
        LINK_KEYS_SECRET_ARN: linkKeys.secretArn,
      },
    });
    const reads: TableAction[] = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'];
    allowTable(door, leads, [...reads, 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'], ['byTime']);
    pepper.grantRead(door);
    linkKeys.grantRead(door);
    new Subscription(this, 'Activities', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['ActivityCaptured'] }],
      batching: stage.scoringBatch,
      maxConcurrency: stage.scoringConcurrency,
    });
  }

  /** ScoreDue → the lead as time has left it. */
  private settleLeads({ stage, bus, leads, undelivered }: ScoringProps): void {
    const door = new NodeLambda(this, 'SettleLeads', {
      stage,
      door: 'scoring/settle-leads',
      errorImpact: 'leads that cool keep their rating',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'PutItem', 'DeleteItem']);
    new Subscription(this, 'Due', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['ScoreDue'] }],
    });
  }

  private explainLead({ stage, api, leads }: ScoringProps): void {
    const door = new HttpDoor(this, 'ExplainLead', {
      stage,
      api,
      door: 'scoring/explain-lead',
      errorImpact: 'a score cannot be explained',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'Query'], ['byTime']);
  }

  /** An operator gives points or takes them → ActivityCaptured. */
  private adjustScore({ stage, api, bus, leads }: ScoringProps): void {
    const door = new HttpDoor(this, 'AdjustScore', {
      stage,
      api,
      door: 'scoring/adjust-score',
      errorImpact: 'nobody can correct a score by hand',
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
    });
    allowTable(door, leads, ['GetItem']);
    bus.grantPutEventsTo(door);
  }

  /** RescoreDue → every lead under the active model. */
  private rescoreLeads({ stage, bus, leads, undelivered }: ScoringProps): void {
    const door = new NodeLambda(this, 'RescoreLeads', {
      stage,
      door: 'scoring/rescore-leads',
      errorImpact: 'leads keep the scores of the playbook before',
      // It stops by itself a minute before, and asks to be called again.
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      environment: { TABLE_NAME: leads.tableName, BUS_NAME: bus.eventBusName },
    });
    const reads: TableAction[] = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'];
    allowTable(door, leads, [...reads, 'PutItem', 'UpdateItem', 'DeleteItem'], ['byTime', 'byList']);
    bus.grantPutEventsTo(door);
    new Subscription(this, 'ModelChanges', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['RescoreDue'] }],
      // What matters is that leads in use do not wait for it.
      maxConcurrency: 5,
    });
  }

  /** Leads that only a change of the playbook made hot: a person decides → LeadQualified. */
  private reviewLeads({ stage, api, leads }: ScoringProps): void {
    const door = new HttpDoor(this, 'ReviewLeads', {
      stage,
      api,
      door: 'scoring/review-leads',
      errorImpact: 'leads that a change of the playbook made hot wait for a decision',
      timeout: Duration.seconds(29),
      environment: { TABLE_NAME: leads.tableName },
    });
    const reads: TableAction[] = ['GetItem', 'BatchGetItem'];
    allowTable(door, leads, [...reads, 'PutItem'], ['byTime', 'byList']);
  }

  private readActivation({ stage, api, leads }: ScoringProps): void {
    const door = new HttpDoor(this, 'ReadActivation', {
      stage,
      api,
      door: 'scoring/read-activation',
      errorImpact: 'nobody sees how far a change of the playbook has come',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem']);
  }
}
