import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

/** LeadQualified → the right rep has the lead, in time, with the reasons → what sales says of it. */
export class Handoff extends Construct {
  constructor(scope: Construct, id: string, props: RoomProps) {
    super(scope, id);
    this.handOffLeads(props);
    this.readHandoffs(props);
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
    allowTable(
      door,
      leads,
      ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      ['byTime', 'byList'],
    );
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
}
