import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from './stage.ts';

export interface WebStackProps extends StackProps {
  readonly config: StageConfig;
}

// No address of the caller: an IP address is personal data, and the log outlives an erasure.
const logLine = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

/** The HTTP API, bare: throttled, logged, open to forms and trackers of other sites. The rooms add their routes to it. */
export class WebStack extends Stack {
  readonly api: HttpApi;
  /** The public origin that links in e-mails and pages start with: the stage's own, or else the API's endpoint. */
  readonly baseUrl: string;

  constructor(scope: Construct, id: string, { config, ...props }: WebStackProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', {
      apiName: `ripen-${config.name}`,
      createDefaultStage: false,
      // Landing pages live on other sites. No credentials are allowed with it, so the private routes gain nothing by it.
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
        maxAge: Duration.days(1),
      },
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      // API Gateway may write to this prefix without one more entry in the account's small log policy.
      logGroupName: `/aws/vendedlogs/ripen/${config.name}/http`,
      retention: config.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: config.throttle.rate, burstLimit: config.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(logLine)),
      },
    });
    this.baseUrl = config.baseUrl ?? this.api.apiEndpoint;
    new CfnOutput(this, 'BaseUrl', { value: this.baseUrl, description: 'Where Ripen answers' });
  }
}
