import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { NodeLambda } from './node-lambda.ts';

/** What a door does to an item; a transaction asks for the permissions of its parts. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

/**
 * Lets a door do these actions on a table, and query only the indexes it names.
 * (`table.grant` would open every index: a door that reads one lead must not be able to list them all.)
 */
export function allowTable(
  door: NodeLambda,
  table: ITable,
  actions: readonly TableAction[],
  indexes: readonly string[] = [],
): void {
  door.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
  );
  if (indexes.length === 0) return;
  door.allow(
    ['dynamodb:Query'],
    indexes.map((index) => `${table.tableArn}/index/${index}`),
  );
}
