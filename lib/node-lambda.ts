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
  /** For a door that a schedule invokes: where the runs go that keep failing. */
  readonly undelivered?: IQueue;
  /** How long such a door may be silent before somebody is told. Default five minutes. */
  readonly silence?: Duration;
}

/** One door of `functions/` as a Lambda function: the bundled ESM on Node 24, its own role and its own log group. */
export class NodeLambda extends LambdaFunction {
  readonly door: string;
  readonly errorImpact: string;
  /** Invoked by a schedule, asynchronously: nobody hears its errors but the alarms and the queue of the undelivered. */
  readonly scheduled: boolean;
  readonly silence: Duration;

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
      code: Code.fromAsset(bundle(scope, name)),
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
    this.scheduled = undelivered !== undefined;
    this.silence = props.silence ?? Duration.minutes(5);
    this.acknowledge(role);
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  private acknowledge(role: Role): void {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray, the listing of streams and the quota of SES have no resources to name; a template test holds every other statement to named ones',
    });
    if (this.scheduled) return;
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'never invoked asynchronously: its caller hears the error, or its queue keeps the event and has its own dead-letter queue',
    });
  }
}

/** The folder of a bundle. The template tests, which need no code, point the context value `functions` at empty ones. */
function bundle(scope: Construct, name: string): string {
  const functions: unknown = scope.node.tryGetContext('functions');
  const folder = join(
    typeof functions === 'string' ? functions : join(import.meta.dirname, '..', 'dist', 'functions'),
    name,
  );
  if (existsSync(folder)) return folder;
  throw new Error(
    `${folder} is missing: run \`node bin/build.ts\`, which bundles functions/${name.replace('-', '/')}.lambda.ts`,
  );
}
