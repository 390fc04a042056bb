import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Assembly, Stack } from '../../../bin/local/template/assembly.ts';
import { Resource } from '../../../bin/local/template/assembly.ts';
import { readRules } from '../../../bin/local/template/blueprint-events.ts';
import { openCloud } from '../../../bin/local/template/cloud.ts';

const aStack = (name: string, resources: Record<string, object>, more: Partial<Stack['template']> = {}): Stack => ({
  name,
  account: '000000000000',
  region: 'eu-west-1',
  template: {
    Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, Resource.parse(resource)])),
    Outputs: {},
    Parameters: {},
    Mappings: {},
    Conditions: {},
    ...more,
  },
});
const anAssembly = (...stacks: Stack[]): Assembly => ({ folder: 'cdk.out', stacks, assetFolder: (key) => key });
const open = (...stacks: Stack[]) => openCloud(anAssembly(...stacks), 'http://127.0.0.1:4000');

it('follows a reference into the stack that exports it', () => {
  const data = aStack(
    'Data',
    { Queue: { Type: 'AWS::SQS::Queue' } },
    {
      Outputs: {
        Out: {
          Value: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Export: { Name: { 'Fn::Join': [':', [{ Ref: 'AWS::StackName' }, 'Queue']] } },
        },
      },
    },
  );
  const app = aStack('App', {
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::ImportValue': 'Data:Queue' } },
    },
  });
  const cloud = open(data, app);
  const [mapping] = cloud.ofType('AWS::Lambda::EventSourceMapping');
  expect(mapping && cloud.read(mapping, z.object({ EventSourceArn: z.string() }))).toEqual({
    EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:Data-Queue',
  });
});

it('leaves out a resource whose condition is false', () => {
  const stack = aStack(
    'App',
    { Bus: { Type: 'AWS::Events::EventBus', Condition: 'IsCloud', Properties: { Name: 'bus' } } },
    { Conditions: { IsCloud: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } } },
  );
  expect(open(stack).ofType('AWS::Events::EventBus')).toEqual([]);
});

it('refuses a type it does not know, naming where it stands and what to do', () => {
  const stack = aStack('App', { Machine: { Type: 'AWS::StepFunctions::StateMachine' } });
  expect(() => open(stack)).toThrow(
    /stack App, Machine: the runner does not know AWS::StepFunctions::StateMachine\n.*INERT/,
  );
});

it('refuses a reference from what runs to what does not exist here', () => {
  const stack = aStack('App', {
    Key: { Type: 'AWS::KMS::Key' },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Key' } } },
  });
  expect(() => open(stack)).toThrow(/Key \(AWS::KMS::Key\) does not exist on a laptop/);
});

it('lets a topic ring for alarms, and refuses it as the target of a rule', () => {
  const topic = { Type: 'AWS::SNS::Topic' };
  const rule = (arn: unknown) => ({
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['notes'] }, Targets: [{ Id: 'Target0', Arn: arn }] },
  });
  const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } };
  expect(readRules(open(aStack('Ops', { Topic: topic, Alarm: alarm })))).toEqual([]);
  expect(() => readRules(open(aStack('App', { Topic: topic, Rule: rule({ Ref: 'Topic' }) })))).toThrow(
    /stack App, Rule \(AWS::Events::Rule\): a rule cannot deliver to arn:aws:sns:.* here/,
  );
  for (const elsewhere of ['arn:aws:sns:eu-west-1:000000000000:t', 'arn:aws:logs:eu-west-1:000000000000:log-group:g'])
    expect(() => readRules(open(aStack('App', { Rule: rule(elsewhere) })))).toThrow(
      /stack App, Rule .*: a rule cannot deliver to arn:.* here: use a queue, a function or a bus/,
    );
});

it('asks a parameter for a default', () => {
  const stack = aStack(
    'App',
    { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: { Ref: 'Seconds' } } } },
    { Parameters: { Seconds: { Type: 'Number' } } },
  );
  const cloud = open(stack);
  const [queue] = cloud.ofType('AWS::SQS::Queue');
  expect(() => queue && cloud.read(queue, z.object({ VisibilityTimeout: z.number() }))).toThrow(
    /stack App, Queue \(AWS::SQS::Queue\): parameter Seconds has no default/,
  );
});
