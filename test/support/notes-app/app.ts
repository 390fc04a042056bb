import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as Lambda,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * A whole pipeline as small as can be, for tests of the runner: a note posted over HTTP goes over a bus and a queue into
 * a table, whose stream counts it; every minute, notes whose reminder is due are marked.
 */
export function synthesizeNotesApp(outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false, context: { 'aws:cdk:disable-asset-staging': true } });
  const data = new Stack(app, 'Notes-data');
  const notes = new Table(data, 'Notes', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
  });
  const secret = new Secret(data, 'Key', { generateSecretString: { passwordLength: 32, excludePunctuation: true } });

  const stack = new Stack(app, 'Notes-pipeline');
  const bus = new EventBus(stack, 'Bus', { eventBusName: 'notes' });
  const door = (name: string, timeout = Duration.seconds(10)) =>
    new Lambda(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(import.meta.dirname, 'doors', name)),
      environment: { TABLE_NAME: notes.tableName, BUS_NAME: bus.eventBusName, SECRET_ARN: secret.secretArn },
      timeout,
    });

  const dead = new Queue(stack, 'Dead');
  const queue = new Queue(stack, 'Queue', {
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
  });
  new Rule(stack, 'Taken', {
    eventBus: bus,
    eventPattern: { source: ['notes'], detailType: ['NoteTaken'] },
    targets: [new SqsQueue(queue)],
  });
  door('store').addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
  door('publish').addEventSource(
    new DynamoEventSource(notes, {
      startingPosition: StartingPosition.LATEST,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('note#') } } },
        }),
      ],
    }),
  );
  new Rule(stack, 'EveryMinute', {
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(door('remind'))],
  });

  const api = new HttpApi(stack, 'Api');
  const route = (path: string, method: HttpMethod, name: Lambda, options: { authorizer?: HttpIamAuthorizer } = {}) =>
    api.addRoutes({
      path,
      methods: [method],
      integration: new HttpLambdaIntegration(`${name.node.id}Integration`, name),
      ...options,
    });
  const receive = door('receive', Duration.seconds(2));
  route('/notes', HttpMethod.POST, receive);
  route('/notes/{name}', HttpMethod.POST, receive);
  route('/notes', HttpMethod.GET, door('read'), { authorizer: new HttpIamAuthorizer() });
  app.synth();
}
