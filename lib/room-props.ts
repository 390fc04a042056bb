import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StageConfig } from './stage.ts';

/** What every room is given. A room that needs more says so in its own props. */
export interface RoomProps {
  readonly stage: StageConfig;
  readonly bus: IEventBus;
  readonly leads: ITable;
  readonly api: IHttpApi;
  /** The public https origin, without a trailing slash. */
  readonly baseUrl: string;
  /** Events that no queue took and runs that no function finished. */
  readonly undelivered: IQueue;
}

/** The `source` of every event that Ripen publishes. */
export const source = ['ripen'];
