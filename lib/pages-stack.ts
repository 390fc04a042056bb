import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NodeLambda } from './node-lambda.ts';
import { Web, type WebProps } from './rooms/web.ts';

export type PagesStackProps = StackProps & WebProps;

/** The pages people look at, apart from what happens to leads: one stack would have more than the 500 resources that fit into one. */
export class PagesStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, leads, metrics, pepper, api, baseUrl, ...props }: PagesStackProps,
  ) {
    super(scope, id, props);
    new Web(this, 'Web', { stage, leads, metrics, pepper, api, baseUrl });
  }

  get doors(): readonly NodeLambda[] {
    return this.node.findAll().filter((construct) => construct instanceof NodeLambda);
  }
}
