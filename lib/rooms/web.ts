import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import type { RoomProps } from '../room-props.ts';
import { allowTable } from '../table-access.ts';

export interface WebProps extends Omit<RoomProps, 'bus' | 'undelivered'> {
  readonly metrics: ITable;
  readonly pepper: ISecret;
}

/** The pages people look at: they read, and change nothing. */
export class Web extends Construct {
  constructor(scope: Construct, id: string, props: WebProps) {
    super(scope, id);
    const { stage, api, leads, metrics, pepper, baseUrl } = props;
    const pages = new HttpDoor(this, 'ShowPages', {
      stage,
      api,
      door: 'web/show-pages',
      errorImpact: 'the pages do not open',
      environment: {
        TABLE_NAME: leads.tableName,
        METRICS_TABLE_NAME: metrics.tableName,
        PEPPER_SECRET_ARN: pepper.secretArn,
        BASE_URL: baseUrl,
      },
    });
    allowTable(pages, leads, ['GetItem', 'BatchGetItem', 'Query'], ['byTime', 'byList']);
    allowTable(pages, metrics, ['GetItem', 'Query']);
    // To find a lead by e-mail address.
    pepper.grantRead(pages);
    this.showSequences(props);
    this.showReports(props);
    new HttpDoor(this, 'ShowPublicPages', {
      stage,
      api,
      door: 'web/show-public-pages',
      errorImpact: 'thank-you pages and the tracker do not load',
      environment: { BASE_URL: baseUrl },
    });
  }

  private showSequences({ stage, api, leads, metrics, pepper, baseUrl }: WebProps): void {
    const door = new HttpDoor(this, 'ShowSequences', {
      stage,
      api,
      door: 'web/show-sequences',
      errorImpact: 'nobody sees what the sequences send, nor what came of it',
      environment: {
        TABLE_NAME: leads.tableName,
        METRICS_TABLE_NAME: metrics.tableName,
        PEPPER_SECRET_ARN: pepper.secretArn,
        BASE_URL: baseUrl,
      },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem', 'Query'], ['byList']);
    allowTable(door, metrics, ['Query']);
    // To look at an e-mail with the data of a lead, found by e-mail address.
    pepper.grantRead(door);
  }

  private showReports({ stage, api, leads }: WebProps): void {
    const door = new HttpDoor(this, 'ShowReports', {
      stage,
      api,
      door: 'web/show-reports',
      errorImpact: 'nobody sees who is shown advertisements, where leads are lost, nor what other systems were told',
      // As the doors whose reports these pages show.
      timeout: Duration.seconds(29),
      memoryMb: 1769,
      environment: { TABLE_NAME: leads.tableName },
    });
    allowTable(door, leads, ['GetItem', 'BatchGetItem'], ['byDay', 'byTime', 'byList']);
  }
}
