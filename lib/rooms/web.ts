import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import type { RoomProps } from '../room-props.ts';
import { allowTable } from '../table-access.ts';

export interface WebProps extends RoomProps {
  readonly metrics: ITable;
}

/** The pages people look at: they read, and change nothing. */
export class Web extends Construct {
  constructor(scope: Construct, id: string, props: WebProps) {
    super(scope, id);
    const { stage, api, leads, metrics, baseUrl } = props;
    const pages = new HttpDoor(this, 'ShowPages', {
      stage,
      api,
      door: 'web/show-pages',
      errorImpact: 'the pages do not open',
      environment: { TABLE_NAME: leads.tableName, METRICS_TABLE_NAME: metrics.tableName, BASE_URL: baseUrl },
    });
    allowTable(pages, leads, ['GetItem', 'Query'], ['byTime', 'byList']);
    allowTable(pages, metrics, ['GetItem', 'Query']);
    new HttpDoor(this, 'ShowPublicPages', {
      stage,
      api,
      door: 'web/show-public-pages',
      errorImpact: 'thank-you pages and the tracker do not load',
      environment: { BASE_URL: baseUrl },
    });
  }
}
