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
  it('is told of to the default bus, the only one SES speaks to, whatever happens to it', () => {
    const { EventDestination } = z
      .object({
        EventDestination: z.object({
          Enabled: z.literal(true),
          EventBridgeDestination: z.object({ EventBusArn: z.unknown() }),
          MatchingEventTypes: z.array(z.string()),
        }),
      })
      .parse(only('AWS::SES::ConfigurationSetEventDestination'));
    expect(prod.text(EventDestination.EventBridgeDestination.EventBusArn)).toMatch(/:event-bus\/default$/);
    expect(EventDestination.MatchingEventTypes).toEqual(
      expect.arrayContaining(['send', 'delivery', 'open', 'click', 'bounce', 'complaint', 'reject', 'deliveryDelay']),
    );
  });

  it('leaves under TLS, with its reputation measured, from the domain of the playbook', () => {
    expect(only('AWS::SES::ConfigurationSet')).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
    expect(only('AWS::SES::EmailIdentity')).toMatchObject({ EmailIdentity: 'orchard.example' });
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
    expect(descriptions.filter((text) => text.includes('has not run for five minutes'))).toHaveLength(2);
    expect(descriptions.some((text) => text.includes('reached no queue'))).toBe(true);
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
