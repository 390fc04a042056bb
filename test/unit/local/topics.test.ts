import { describe, expect, it } from 'vitest';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';
import { type Assembly, Resource } from '../../../bin/local/template/assembly.ts';
import { readMail } from '../../../bin/local/template/blueprint-mail.ts';
import { readTopics } from '../../../bin/local/template/blueprint-topics.ts';
import { openCloud } from '../../../bin/local/template/cloud.ts';
import { openTopics } from '../../../bin/local/topics/topics.ts';

function aCloud(resources: Record<string, object>) {
  const stack = {
    name: 'App',
    account: '000000000000',
    region: 'eu-west-1',
    template: {
      Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, Resource.parse(resource)])),
      Outputs: {},
      Parameters: {},
      Mappings: {},
      Conditions: {},
    },
  };
  const assembly: Assembly = { folder: 'cdk.out', stacks: [stack], assetFolder: (key) => key };
  return openCloud(assembly, 'http://127.0.0.1:4000');
}

const Topic = { Type: 'AWS::SNS::Topic' };
const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'feedback' } };
const aSubscription = (more: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: {
    TopicArn: { Ref: 'Topic' },
    Protocol: 'sqs',
    Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    RawMessageDelivery: true,
    ...more,
  },
});
const arn = 'arn:aws:sns:eu-west-1:000000000000:App-Topic';

describe('a topic', () => {
  it('puts a message on its queues as it is', () => {
    const queues = openQueues(openDatabase(':memory:'), [{ name: 'feedback', visibilityTimeoutSeconds: 30 }]);
    const topics = openTopics(readTopics(aCloud({ Topic, Queue, Subscription: aSubscription() })), queues);
    topics.publish(arn, '{"eventType":"Open"}');
    expect(queues.receive('feedback', 10).map(({ body }) => body)).toEqual(['{"eventType":"Open"}']);
    expect(() => topics.publish(`${arn}s`, '')).toThrow(/there is no topic/);
  });

  it('is silent without a queue, and when only people would be told', () => {
    const Subscription = aSubscription({ Protocol: 'email', Endpoint: 'ops@ripen.example' });
    expect(readTopics(aCloud({ Topic, Queue, Subscription }))).toEqual([{ arn, queues: [] }]);
  });

  it.each([
    ['to anything but a queue', { Protocol: 'lambda' }, /feeds queues only here, not lambda/],
    ['in an envelope', { RawMessageDelivery: false }, /set RawMessageDelivery/],
    ['through a filter', { FilterPolicy: { a: ['b'] } }, /filter policies do not run here/],
  ])('is refused %s', (_, more, message) => {
    expect(() => readTopics(aCloud({ Topic, Queue, Subscription: aSubscription(more) }))).toThrow(message);
  });
});

describe('a configuration set', () => {
  const aDestination = (destination: object) => ({
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: {
      ConfigurationSetName: { Ref: 'ConfigurationSet' },
      EventDestination: { MatchingEventTypes: ['send'], ...destination },
    },
  });
  const ConfigurationSet = { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'ripen' } };

  it('tells the default bus and topics', () => {
    const OnBus = aDestination({ EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:0:event-bus/default' } });
    const OnTopic = aDestination({ SnsDestination: { TopicARN: { Ref: 'Topic' } } });
    expect(readMail(aCloud({ Topic, ConfigurationSet, OnBus, OnTopic })).configurationSets).toEqual([
      {
        name: 'ripen',
        destinations: [
          { to: 'bus', eventTypes: ['send'] },
          { to: arn, eventTypes: ['send'] },
        ],
      },
    ]);
  });

  it('tells nobody else', () => {
    const Elsewhere = aDestination({ KinesisFirehoseDestination: {} });
    expect(() => readMail(aCloud({ ConfigurationSet, Elsewhere }))).toThrow(/to topics and to the default bus only/);
  });
});
