import { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { NodeLambda } from '../node-lambda.ts';
import { type RoomProps, source } from '../room-props.ts';
import { Subscription } from '../subscription.ts';
import { allowTable } from '../table-access.ts';

export interface ConsentProps extends RoomProps {
  readonly pepper: ISecret;
  readonly linkKeys: ISecret;
}

/** Bounce, complaint, unsubscribe → never e-mailed again. */
export class Consent extends Construct {
  constructor(scope: Construct, id: string, props: ConsentProps) {
    super(scope, id);
    const { stage, api, bus, leads, pepper, linkKeys, undelivered } = props;
    const suppress = new NodeLambda(this, 'SuppressLeads', {
      stage,
      door: 'consent/suppress-leads',
      errorImpact: 'people who bounced or complained may be e-mailed again',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(suppress, leads, ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
    pepper.grantRead(suppress);
    new Subscription(this, 'Refusals', {
      stage,
      door: suppress,
      bus,
      undelivered,
      patterns: [
        {
          source,
          detailType: ['ActivityCaptured'],
          detail: { type: ['email.bounced', 'email.complained', 'email.unsubscribed'] },
        },
      ],
    });
    const unsubscribe = new HttpDoor(this, 'Unsubscribe', {
      stage,
      api,
      door: 'consent/unsubscribe',
      errorImpact: 'people cannot unsubscribe, which the law and the mailbox providers punish',
      // It may wait for a message that is on its way: at most a lease and twice the clocks' difference, ten seconds.
      timeout: Duration.seconds(20),
      environment: {
        TABLE_NAME: leads.tableName,
        LINK_KEYS_SECRET_ARN: linkKeys.secretArn,
      },
    });
    allowTable(unsubscribe, leads, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem']);
    linkKeys.grantRead(unsubscribe);
    this.eraseLeads(props);
    this.exportLeads(props);
  }

  /** A person asks to be forgotten; ErasureDue → what is left of them. */
  private eraseLeads({ stage, api, bus, leads, pepper, undelivered }: ConsentProps): void {
    const environment = { TABLE_NAME: leads.tableName };
    const erase = new HttpDoor(this, 'EraseLead', {
      stage,
      api,
      door: 'consent/erase-lead',
      errorImpact: 'people who asked to be forgotten are not',
      timeout: Duration.seconds(29),
      environment: { ...environment, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    pepper.grantRead(erase);
    const finish = new NodeLambda(this, 'EraseLeads', {
      stage,
      door: 'consent/erase-leads',
      errorImpact: 'something is left of people who asked to be forgotten',
      // It stops by itself a minute before, and is knocked for again.
      timeout: Duration.minutes(5),
      environment,
    });
    for (const door of [erase, finish])
      allowTable(door, leads, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
    new Subscription(this, 'Erasures', {
      stage,
      door: finish,
      bus,
      undelivered,
      patterns: [{ source, detailType: ['ErasureDue'] }],
    });
  }

  private exportLeads({ stage, api, leads, pepper }: ConsentProps): void {
    const door = new HttpDoor(this, 'ExportLead', {
      stage,
      api,
      door: 'consent/export-lead',
      errorImpact: 'people who ask what we keep about them get no answer',
      timeout: Duration.seconds(29),
      memoryMb: 1024,
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem', 'Query']);
    pepper.grantRead(door);
  }
}
