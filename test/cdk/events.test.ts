import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parsePattern } from '../../bin/local/events/event-pattern.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize();
const Target = z.object({
  Arn: z.unknown(),
  Input: z.string().optional(),
  DeadLetterConfig: z.object({ Arn: z.unknown() }),
});
const Rule = z.object({
  EventBusName: z.unknown().optional(),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  Targets: z.array(Target),
});
const Mapping = z.object({ FunctionName: z.unknown(), EventSourceArn: z.unknown() }).loose();
const Queue = z.object({
  VisibilityTimeout: z.number().default(30),
  SqsManagedSseEnabled: z.literal(true),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
});

const rules = Object.values(app.all('AWS::Events::Rule')).map((properties) => Rule.parse(properties));
const mappings = Object.values(app.all('AWS::Lambda::EventSourceMapping')).map((properties) =>
  Mapping.parse(properties),
);
const queues = Object.entries(app.all('AWS::SQS::Queue')).map(([id, properties]) => ({
  name: app.text({ Ref: id }),
  ...Queue.parse(properties),
}));
const streams = mappings.filter(({ EventSourceArn }) => app.text(EventSourceArn).includes('StreamArn'));
const consumers = mappings.filter((mapping) => !streams.includes(mapping));

/** The doors, as logical ids, that an event on a bus wakes. */
function woken(bus: string, event: { source: string; 'detail-type': string; detail?: unknown }): string[] {
  const hit = rules.filter(({ EventBusName, EventPattern }) => {
    const on = EventBusName === undefined ? 'default' : app.text(EventBusName);
    return EventPattern !== undefined && on === bus && parsePattern(EventPattern)(event);
  });
  const targets = hit.flatMap(({ Targets }) => Targets.map(({ Arn }) => app.text(Arn)));
  return consumers
    .filter(({ EventSourceArn }) => targets.includes(app.text(EventSourceArn)))
    .map(({ FunctionName }) => app.text(FunctionName))
    .sort();
}

const captured = (type: string, source = 'form') => ({
  source: 'ripen',
  'detail-type': 'ActivityCaptured',
  detail: { type, source },
});
const recorded = (type: string, quiet = false) => ({
  source: 'ripen',
  'detail-type': 'ActivityRecorded',
  detail: { activity: { type }, quiet },
});
const told = (detailType: string, detail: object = {}) => ({ source: 'ripen', 'detail-type': detailType, detail });
const anMql = { milestones: { mql: { activityId: 'form-1', occurredAt: '2026-03-02T09:00:00.000Z' } } };

describe('an event wakes', () => {
  it.each([
    ['a page view: scoring, and nobody else', captured('page.viewed'), ['ScoringScoreActivities']],
    ['a page view in the ledger: nobody', recorded('page.viewed'), []],
    [
      'a form: scoring and the connect page',
      captured('form.submitted'),
      ['CaptureNoteReception', 'ScoringScoreActivities'],
    ],
    ['a row of an import: scoring', captured('form.submitted', 'import'), ['ScoringScoreActivities']],
    ['an old row in the ledger: nobody', recorded('form.submitted', true), []],
    [
      'an old sale in the ledger: nurture and audiences',
      recorded('deal.won', true),
      ['HandoffFollowAudiences', 'NurtureFollowLeads'],
    ],
    ['a refused form: the connect page', told('SubmissionRejected'), ['CaptureNoteReception']],
    ['a bounce: scoring and consent', captured('email.bounced'), ['ConsentSuppressLeads', 'ScoringScoreActivities']],
    [
      'a complaint: scoring and consent',
      captured('email.complained'),
      ['ConsentSuppressLeads', 'ScoringScoreActivities'],
    ],
    [
      'a form in the ledger: nurture and audiences',
      recorded('form.submitted'),
      ['HandoffFollowAudiences', 'NurtureFollowLeads'],
    ],
    [
      'whatever begins a sequence of the playbook, and ends an audience: both',
      recorded('trial.started'),
      ['HandoffFollowAudiences', 'NurtureFollowLeads'],
    ],
    ['a sold deal: nurture and audiences', recorded('deal.won'), ['HandoffFollowAudiences', 'NurtureFollowLeads']],
    ['a qualified lead: handoff', told('LeadQualified'), ['HandoffHandOffLeads']],
    ['a hand-off: nurture and audiences', told('LeadHandedOff'), ['HandoffFollowAudiences', 'NurtureFollowLeads']],
    ['a suppression: nurture and audiences', told('LeadSuppressed'), ['HandoffFollowAudiences', 'NurtureFollowLeads']],
    ['leads to be brought to another model: the job', told('RescoreDue'), ['ScoringRescoreLeads']],
    // With a score comes a milestone, which may begin a sequence. Sales hear of nobody whom a changed model moved (T4).
    ['a score that moved: nurture', told('LeadScored'), ['NurtureFollowLeads']],
    [
      'a new MQL: nurture, and who looks later',
      told('LeadScored', anMql),
      ['HandoffFollowUpLeads', 'NurtureFollowLeads'],
    ],
    ['a follow-up that is due: who looks', told('FollowUpDue'), ['HandoffFollowUpLeads']],
    [
      'somebody who joins an audience: audiences, and nurture',
      recorded('audience.joined'),
      ['HandoffFollowAudiences', 'NurtureFollowLeads'],
    ],
    ['a permission that is taken back: audiences', recorded('consent.changed'), ['HandoffFollowAudiences']],
    ['a lead that sales gives back: nurture', recorded('handoff.recycled'), ['NurtureFollowLeads']],
    [
      'a hand-off with a rep: the rep hears, and other systems',
      told('HandoffChanged', { what: 'assigned' }),
      ['HandoffDeliverWebhooks', 'HandoffNotifyHandoffs'],
    ],
    [
      'a hand-off in the queue: other systems and the manager',
      told('HandoffChanged', { what: 'queued' }),
      ['HandoffDeliverWebhooks', 'HandoffNotifyHandoffs'],
    ],
    ['a call that is due: who calls', told('DeliveryDue'), ['HandoffDeliverWebhooks']],
    ['a due step: the sender', told('StepDue'), ['NurtureSendMessages']],
    ['a requested message: the sender', told('MessageRequested'), ['NurtureSendMessages']],
    ['an unresolved send: the sender', told('SendUnresolved'), ['NurtureSendMessages']],
  ])('%s', (_, event, doors) => {
    expect(woken('Bus', event)).toEqual(doors);
  });

  it('nobody when somebody else published it', () => {
    expect(woken('Bus', { ...told('LeadQualified'), source: 'elsewhere' })).toEqual([]);
  });

  it('the mail door, when SES tells the default bus what became of a message', () => {
    expect(woken('default', { source: 'aws.ses', 'detail-type': 'Email Opened', detail: {} })).toEqual([
      'CaptureReceiveEmailEvent',
    ]);
  });
});

describe('nothing is lost on the way', () => {
  it('every queue is encrypted, and leads to a dead-letter queue after five tries or is one', () => {
    const dead = queues.flatMap(({ RedrivePolicy }) =>
      RedrivePolicy ? [app.text(RedrivePolicy.deadLetterTargetArn)] : [],
    );
    const last = queues.filter(({ RedrivePolicy }) => !RedrivePolicy).map(({ name }) => `${name}.Arn`);
    expect(last.sort()).toEqual([...dead, 'Undelivered.Arn'].sort());
    expect(new Set(queues.flatMap(({ RedrivePolicy }) => RedrivePolicy?.maxReceiveCount ?? []))).toEqual(new Set([5]));
  });

  it('every queue refuses requests without TLS', () => {
    const policies = Object.values(app.all('AWS::SQS::QueuePolicy')).map((policy) => JSON.stringify(policy));
    for (const { name } of queues) {
      const own = policies.filter((policy) => new RegExp(`"Queues":\\[\\{"Ref":"${name}[0-9A-F]{8}"`).test(policy));
      expect(own.join(), name).toMatch(/"aws:SecureTransport":"false".*"Effect":"Deny"/);
    }
  });

  it('every rule has a dead-letter queue for what its target does not take', () => {
    for (const { Targets } of rules)
      for (const { DeadLetterConfig } of Targets) expect(app.text(DeadLetterConfig.Arn)).toBe('Undelivered.Arn');
  });

  it('every rule of the bus leads to a queue, never straight to a function', () => {
    for (const { Targets } of rules.filter(({ EventPattern }) => EventPattern))
      for (const { Arn } of Targets) expect(queues.map(({ name }) => `${name}.Arn`)).toContain(app.text(Arn));
  });

  it('a failed message comes back alone', () => {
    for (const mapping of consumers) expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('a message stays hidden for six times as long as its door may take', () => {
    const functions = Object.entries(app.all('AWS::Lambda::Function'));
    for (const { FunctionName, EventSourceArn } of consumers) {
      const door = functions.find(([id]) => app.text({ Ref: id }) === app.text(FunctionName))?.[1];
      const queue = queues.find(({ name }) => `${name}.Arn` === app.text(EventSourceArn));
      expect(queue?.VisibilityTimeout).toBeGreaterThanOrEqual(6 * z.number().parse(door?.Timeout));
    }
  });

  it('a stream record that keeps failing is found by halving, and given up to a queue', () => {
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 10 });
    expect(JSON.stringify(streams[0]?.DestinationConfig)).toContain('Undelivered');
  });

  it('a scheduled run that keeps failing is kept', () => {
    const scheduled = rules.filter(({ ScheduleExpression }) => ScheduleExpression);
    const functions = Object.entries(app.all('AWS::Lambda::Function'));
    expect(scheduled.map(({ ScheduleExpression }) => ScheduleExpression).sort()).toEqual([
      'cron(10 3 * * ? *)',
      'cron(40 4 * * ? *)',
      'rate(1 minute)',
      'rate(1 minute)',
      'rate(5 minutes)',
    ]);
    for (const { Arn } of scheduled.flatMap(({ Targets }) => Targets)) {
      const door = functions.find(([id]) => `${app.text({ Ref: id })}.Arn` === app.text(Arn))?.[1];
      expect(JSON.stringify(door?.DeadLetterConfig)).toContain('Undelivered');
    }
  });

  it('the nightly run is told to count again from the ledger', () => {
    const nightly = rules.filter(({ ScheduleExpression }) => ScheduleExpression === 'cron(10 3 * * ? *)');
    expect(nightly.flatMap(({ Targets }) => Targets.map(({ Input }) => Input))).toEqual(['{"rebuild":true}']);
  });

  it('the bus keeps its events for two weeks, no longer, and has a dead-letter queue', () => {
    const [archive = {}] = Object.values(app.all('AWS::Events::Archive'));
    expect(archive).toMatchObject({ RetentionDays: 14, EventPattern: { source: ['ripen'] } });
    const [bus = {}] = Object.values(app.all('AWS::Events::EventBus'));
    expect(bus).toMatchObject({ Name: 'ripen-prod' });
    expect(JSON.stringify(bus.DeadLetterConfig)).toContain('Undelivered');
  });
});
