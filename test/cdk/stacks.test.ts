import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { grants } from './grants.ts';
import { synthesize } from './synthesized.ts';

const prod = synthesize('prod');
const dev = synthesize('dev');

function only(type: string, app = prod): Record<string, unknown> {
  const found = Object.values(app.all(type));
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

describe('the table of leads', () => {
  const table = () =>
    Object.entries(prod.all('AWS::DynamoDB::Table')).find(([id]) => id.startsWith('Leads'))?.[1] ?? {};
  const keys = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' },
    { AttributeName: sk, KeyType: 'RANGE' },
  ];
  const Projection = { ProjectionType: 'ALL' };

  it('has the keys and indexes that functions/leads/table.ts writes', () => {
    expect(table()).toMatchObject({
      KeySchema: keys('pk', 'sk'),
      LocalSecondaryIndexes: [{ IndexName: 'byTime', KeySchema: keys('pk', 'byTime'), Projection }],
      GlobalSecondaryIndexes: [
        { IndexName: 'byDay', KeySchema: keys('dayPk', 'daySk'), Projection },
        { IndexName: 'byList', KeySchema: keys('listPk', 'listSk'), Projection: { ProjectionType: 'INCLUDE' } },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  it('tells what changed, and forgets what has expired', () => {
    expect(table()).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });
});

describe('what cannot be had back', () => {
  it('can be restored to any second, in every stage', () => {
    for (const table of [
      ...Object.values(prod.all('AWS::DynamoDB::Table')),
      ...Object.values(dev.all('AWS::DynamoDB::Table')),
    ])
      expect(table.PointInTimeRecoverySpecification).toMatchObject({ PointInTimeRecoveryEnabled: true });
  });

  it('outlives its stack in production: tables, pepper and link keys', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'])
      for (const id of Object.keys(prod.all(type))) expect(prod.deletionPolicy(id), id).toBe('Retain');
    for (const table of Object.values(prod.all('AWS::DynamoDB::Table')))
      expect(table.DeletionProtectionEnabled).toBe(true);
  });

  it('goes with its stack in development', () => {
    for (const id of Object.keys(dev.all('AWS::DynamoDB::Table'))) expect(dev.deletionPolicy(id)).toBe('Delete');
  });
});

describe('a secret', () => {
  const generated = (id: string) =>
    Object.entries(prod.all('AWS::SecretsManager::Secret')).find(([name]) => name.startsWith(id))?.[1]
      .GenerateSecretString;

  it('is made in the account, where nobody has seen it', () => {
    expect(generated('Pepper')).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
  });

  it('of links begins with one key, in the shape that a rotation adds to', () => {
    expect(generated('LinkKeys')).toMatchObject({ SecretStringTemplate: '{"current":"k1"}', GenerateStringKey: 'k1' });
  });
});

describe('the mail', () => {
  const Destination = z.object({
    ConfigurationSetName: z.unknown(),
    EventDestination: z.object({
      Enabled: z.literal(true),
      EventBridgeDestination: z.object({ EventBusArn: z.unknown() }).optional(),
      SnsDestination: z.object({ TopicARN: z.unknown() }).optional(),
      MatchingEventTypes: z.array(z.string()),
    }),
  });
  const told = Object.values(prod.all('AWS::SES::ConfigurationSetEventDestination')).map((properties) => {
    const { ConfigurationSetName, EventDestination } = Destination.parse(properties);
    const { EventBridgeDestination, SnsDestination, MatchingEventTypes } = EventDestination;
    const to = EventBridgeDestination?.EventBusArn ?? SnsDestination?.TopicARN;
    return { set: prod.text(ConfigurationSetName), to: prod.text(to), types: MatchingEventTypes };
  });
  const everyKind = ['send', 'delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay', 'renderingFailure'];

  it.each(['ConfigurationSet', 'Untracked'])('of %s is told of on two ways, whatever happens to it', (set) => {
    const ways = told.filter((each) => each.set === set);
    expect(ways.map(({ to }) => to).sort()).toEqual(['Feedback', expect.stringMatching(/:event-bus\/default$/)]);
    for (const { types } of ways) expect(types).toEqual(expect.arrayContaining(everyKind));
  });

  it('to somebody who refused tracking has no pixel and no rewritten link: nobody is told of opens and clicks', () => {
    const follows = (set: string) =>
      told.filter((each) => each.set === set).map(({ types }) => types.includes('open') || types.includes('click'));
    expect(follows('ConfigurationSet')).toEqual([true, true]);
    expect(follows('Untracked')).toEqual([false, false]);
  });

  it('is told of to a queue as it is, without SNS around it', () => {
    const [subscription = {}, ...others] = Object.values(prod.all('AWS::SNS::Subscription')).filter(
      ({ Endpoint }) => prod.text(Endpoint) === 'CaptureEmailEventsQueue.Arn',
    );
    expect(others).toEqual([]);
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(prod.text(subscription.TopicArn)).toBe('Feedback');
    expect(JSON.stringify(subscription.RedrivePolicy)).toContain('Undelivered');
  });

  it('leaves under TLS, with its reputation measured, from the domain of the playbook', () => {
    const sets = Object.values(prod.all('AWS::SES::ConfigurationSet'));
    expect(sets.map(({ Name }) => Name)).toEqual(['ripen-prod', 'ripen-prod-untracked']);
    for (const set of sets)
      expect(set).toMatchObject({
        DeliveryOptions: { TlsPolicy: 'REQUIRE' },
        ReputationOptions: { ReputationMetricsEnabled: true },
      });
    expect(only('AWS::SES::EmailIdentity')).toMatchObject({ EmailIdentity: 'orchard.example' });
  });
});

describe('a reply', () => {
  it('is taken in for the domain of the playbook, and lies where nobody else can read it, for a week at most', () => {
    expect(only('AWS::SES::ReceiptRule')).toMatchObject({
      Rule: {
        Enabled: true,
        ScanEnabled: true,
        Recipients: ['reply.orchard.example'],
        Actions: [{ S3Action: { ObjectKeyPrefix: 'replies/' } }],
      },
    });
    expect(only('AWS::S3::Bucket')).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 7 }] },
    });
  });

  it('needs no identity of its own below the domain that mail is sent from', () => {
    expect(Object.keys(prod.all('AWS::SES::EmailIdentity'))).toHaveLength(1);
  });

  it('wakes its door through a topic that SES of this account may publish to, and nobody without TLS', () => {
    const policies = Object.values(prod.all('AWS::SNS::TopicPolicy')).map((policy) => JSON.stringify(policy));
    const own = policies.filter((policy) => policy.includes('CaptureInboundMailTopic'));
    expect(own.join()).toMatch(/"aws:SecureTransport":"false".*"Effect":"Deny"/);
    expect(own.join()).toMatch(/"StringEquals":\{"aws:SourceAccount".*"Service":"ses.amazonaws.com"/);
  });
});

describe('an alarm', () => {
  const descriptions = Object.values(prod.all('AWS::CloudWatch::Alarm')).map((alarm) => String(alarm.AlarmDescription));

  it.each(Object.keys(grants))('rings when %s fails, and says what people notice', (door) => {
    expect(descriptions.filter((text) => text.endsWith(`: ${door} fails.`))).toHaveLength(1);
  });

  it('rings when a door gives up on events or is late, and when a schedule has stopped', () => {
    const queues = Object.keys(prod.all('AWS::Lambda::EventSourceMapping')).length - 1;
    expect(descriptions.filter((text) => text.includes('has given up on events'))).toHaveLength(queues);
    expect(descriptions.filter((text) => text.includes('a quarter of an hour behind'))).toHaveLength(queues);
    expect(descriptions.filter((text) => text.includes('has not run for 5 minutes'))).toHaveLength(2);
    expect(descriptions.filter((text) => text.includes('has not run for 15 minutes'))).toHaveLength(1);
    expect(descriptions.filter((text) => text.includes('has not run for 1 day'))).toHaveLength(1);
    expect(descriptions.some((text) => text.includes('reached no queue'))).toBe(true);
  });

  it('rings when a call of any door that makes some is given up', () => {
    const calling = Object.values(grants).filter(({ Channels }) => Channels !== undefined);
    const filters = Object.values(prod.all('AWS::Logs::MetricFilter'));
    expect(filters).toHaveLength(calling.length);
    for (const filter of filters)
      expect(filter).toMatchObject({
        FilterPattern: '"delivery-failed"',
        MetricTransformations: [{ MetricNamespace: 'Ripen', MetricName: 'DeliveriesGivenUp-Ripen-prod-ops' }],
      });
    expect(descriptions.filter((text) => text.includes('/deliveries'))).toHaveLength(1);
  });

  it('reaches the topic', () => {
    for (const alarm of Object.values(prod.all('AWS::CloudWatch::Alarm'))) expect(alarm.AlarmActions).toHaveLength(1);
  });
});

describe('the playbook', () => {
  it('is stored at every deployment', () => {
    expect(prod.text(only('Custom::Trigger').HandlerArn)).toContain('LeadsStorePlaybookCurrentVersion');
  });
});
