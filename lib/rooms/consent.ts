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

/** Longer than any person is made to wait: for a message on its way, a lease and twice the clocks' difference, twelve seconds. */
const fenceTimeout = Duration.seconds(20);

/** What a no needs, before it is answered: to suppress, to end every walk, and to see what is on its way. */
const stopping = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] as const;

/** Bounce, complaint, unsubscribe → never e-mailed again; the person's own yes, by a link that only they have → e-mailed again. */
export class Consent extends Construct {
  constructor(scope: Construct, id: string, props: ConsentProps) {
    super(scope, id);
    this.suppressLeads(props);
    this.unsubscribe(props);
    this.askConfirmation(props);
    this.confirm(props);
    this.preferences(props);
    this.readConsent(props);
    this.eraseLeads(props);
    this.exportLeads(props);
  }

  private suppressLeads({ stage, bus, leads, pepper, undelivered }: ConsentProps): void {
    const suppress = new NodeLambda(this, 'SuppressLeads', {
      stage,
      door: 'consent/suppress-leads',
      errorImpact: 'people who bounced or complained may be e-mailed again',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, PEPPER_SECRET_ARN: pepper.secretArn },
    });
    allowTable(suppress, leads, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
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
          detail: { type: ['email.bounced', 'email.complained', 'email.unsubscribed', 'email.suppressed'] },
        },
      ],
    });
  }

  private unsubscribe({ stage, api, leads, linkKeys }: ConsentProps): void {
    const door = new HttpDoor(this, 'Unsubscribe', {
      stage,
      api,
      door: 'consent/unsubscribe',
      errorImpact: 'people cannot unsubscribe, which the law and the mailbox providers punish',
      timeout: fenceTimeout,
      environment: { TABLE_NAME: leads.tableName, LINK_KEYS_SECRET_ARN: linkKeys.secretArn },
    });
    allowTable(door, leads, stopping);
    linkKeys.grantRead(door);
  }

  private askConfirmation({ stage, bus, leads, linkKeys, baseUrl, undelivered }: ConsentProps): void {
    const door = new NodeLambda(this, 'AskConfirmation', {
      stage,
      door: 'consent/ask-confirmation',
      errorImpact: 'nobody is asked to confirm their address, and the newsletter goes to nobody new',
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: leads.tableName, LINK_KEYS_SECRET_ARN: linkKeys.secretArn, BASE_URL: baseUrl },
    });
    allowTable(door, leads, ['GetItem', 'PutItem', 'ConditionCheckItem']);
    linkKeys.grantRead(door);
    new Subscription(this, 'Submissions', {
      stage,
      door,
      bus,
      undelivered,
      patterns: [
        {
          source,
          detailType: ['ActivityRecorded'],
          // What a file says of somebody asks nobody anything.
          detail: {
            quiet: [false],
            activity: { type: ['form.submitted'], source: ['form'], properties: { permits: ['marketing'] } },
          },
        },
      ],
    });
  }

  private confirm({ stage, api, leads, linkKeys }: ConsentProps): void {
    const door = new HttpDoor(this, 'Confirm', {
      stage,
      api,
      door: 'consent/confirm',
      errorImpact: 'people cannot confirm their address, and get nothing of what they asked for',
      environment: { TABLE_NAME: leads.tableName, LINK_KEYS_SECRET_ARN: linkKeys.secretArn },
    });
    allowTable(door, leads, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
    linkKeys.grantRead(door);
  }

  private preferences({ stage, api, leads, linkKeys }: ConsentProps): void {
    const door = new HttpDoor(this, 'Preferences', {
      stage,
      api,
      door: 'consent/preferences',
      errorImpact: 'people cannot say what they want to hear from us, nor that they want nothing',
      timeout: fenceTimeout,
      environment: { TABLE_NAME: leads.tableName, LINK_KEYS_SECRET_ARN: linkKeys.secretArn },
    });
    allowTable(door, leads, stopping);
    linkKeys.grantRead(door);
  }

  private readConsent({ stage, api, leads }: ConsentProps): void {
    const door = new HttpDoor(this, 'ReadConsent', {
      stage,
      api,
      door: 'consent/read-consent',
      errorImpact: 'nobody can show why somebody is e-mailed',
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'Query']);
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
