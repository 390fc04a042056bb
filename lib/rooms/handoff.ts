import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

/** LeadQualified → the next rep has the lead and is told why → LeadHandedOff. */
export class Handoff extends Construct {
  constructor(scope: Construct, id: string, props: RoomProps) {
    super(scope, id);
    const { stage, api, bus, leads, baseUrl, undelivered } = props;
    const handOff = new NodeLambda(this, 'HandOffLeads', {
      stage,
      door: 'handoff/hand-off-leads',
      errorImpact: 'hot leads wait for a rep',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, BASE_URL: baseUrl },
    });
    allowTable(handOff, leads, ['GetItem', 'PutItem', 'UpdateItem'], ['byTime']);
    new Subscription(this, 'Qualified', {
      stage,
      door: handOff,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['LeadQualified'] }],
    });
    const read = new HttpDoor(this, 'ReadHandoffs', {
      stage,
      api,
      door: 'handoff/read-handoffs',
      errorImpact: 'the list of hand-offs does not open',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(read, leads, ['GetItem', 'BatchGetItem'], ['byList']);
  }
}
