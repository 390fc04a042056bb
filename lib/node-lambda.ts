import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StageConfig } from './stage.ts';

export interface NodeLambdaProps {
  readonly stage: StageConfig;
  /** `<room>/<name>`: the source is `functions/<door>.lambda.ts`, the bundle `dist/functions/<room>-<name>`. */
  readonly door: string;
  /** What people notice when it fails: the words of the alarm, as in `hot leads wait for a rep`. */
  readonly errorImpact: string;
  /** Default 10 seconds: nobody waits longer for a page. */
  readonly timeout?: Duration;
  /** Default 512 MB, which buys enough processor for a quick cold start. */
  readonly memoryMb?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the events of an asynchronously invoked function go when it keeps failing. */
  readonly undelivered?: IQueue;
}

/** One door of `functions/` as a Lambda function: the bundled ESM on Node 24, its own role and its own log group. */
export class NodeLambda extends LambdaFunction {
  readonly door: string;
  readonly errorImpact: string;

  constructor(scope: Construct, id: string, props: NodeLambdaProps) {
    const {
      stage,
      door,
      errorImpact,
      timeout = Duration.seconds(10),
      memoryMb = 512,
      environment,
      undelivered,
    } = props;
    const name = door.replace('/', '-');
    // Not the managed policy for logs: that one may write to every log group of the account.
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/ripen/${stage.name}/${name}`,
      retention: stage.logRetention,
      // Logs hold ids only and expire by themselves; kept ones would block the next deployment of a stage that was removed.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName: `ripen-${stage.name}-${name}`,
      description: `${door}. When it fails: ${errorImpact}.`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundle(name)),
      handler: 'index.handler',
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      timeout,
      memorySize: memoryMb,
      environment: { STAGE: stage.name, NODE_OPTIONS: '--enable-source-maps', ...environment },
      ...(undelivered && { deadLetterQueue: undelivered }),
    });
    this.door = door;
    this.errorImpact = errorImpact;
    this.acknowledge(role, undelivered !== undefined);
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  private acknowledge(role: Role, asynchronous: boolean): void {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources to name; a template test holds every other statement to named resources',
    });
    if (asynchronous) return;
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'never invoked asynchronously: its caller hears the error, or its queue keeps the event and has its own dead-letter queue',
    });
  }
}

function bundle(name: string): string {
  const folder = join(process.env.RIPEN_FUNCTIONS_DIR ?? join(import.meta.dirname, '..', 'dist', 'functions'), name);
  if (existsSync(folder)) return folder;
  throw new Error(
    `${folder} is missing: run \`node bin/build.ts\`, which bundles functions/${name.replace('-', '/')}.lambda.ts`,
  );
}
