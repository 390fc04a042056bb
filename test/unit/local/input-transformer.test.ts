import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../bin/local/events/bus.ts';
import { parseInput } from '../../../bin/local/events/input-transformer.ts';

const event: BusEvent = {
  version: '0',
  id: 'e-1',
  'detail-type': 'LeadScored',
  source: 'ripen.scoring',
  account: '123456789012',
  time: '2026-11-20T10:00:00Z',
  region: 'us-east-1',
  resources: ['lead/42'],
  detail: {
    'lead-id': 'L1',
    total: 55,
    hot: true,
    reasons: [{ rule: 'form' }, { rule: 'pricing' }],
    quote: 'say "hi"',
  },
};
const about = {
  ruleName: 'hot',
  ruleArn: 'arn:aws:events:us-east-1:123456789012:rule/ripen/hot',
  ingestedAt: '2026-11-20T10:00:01.234Z',
};
const paths = {
  lead: '$.detail.lead-id',
  total: '$.detail.total',
  reasons: '$.detail.reasons',
  quote: '$.detail.quote',
  absent: '$.detail.absent',
};

const sent = (target: Parameters<typeof parseInput>[0]): unknown => JSON.parse(parseInput(target)(event, about));
const filled = (inputTemplate: string) => sent({ inputTransformer: { inputPathsMap: paths, inputTemplate } });

describe('the input of a target', () => {
  it('is the event when nothing else is said', () => {
    expect(sent({})).toEqual(event);
  });

  it('may be a constant', () => {
    expect(sent({ input: '{"job": "nightly"}' })).toEqual({ job: 'nightly' });
  });

  it.each([
    ['$', event],
    ['$.detail.total', 55],
    ['$.detail-type', 'LeadScored'],
    ['$.resources[0]', 'lead/42'],
    ['$.detail.reasons[1].rule', 'pricing'],
    ['$.detail.reasons[*].rule', ['form', 'pricing']],
    ['$.detail.absent.deeper', null],
  ])('may be the part at %s', (inputPath, expected) => {
    expect(sent({ inputPath })).toEqual(expected);
  });

  it.each([
    ['a string', '"<lead> has <total>"', 'L1 has 55'],
    ['a string with escaped quotes', '"<lead> is \\"<total>\\""', 'L1 is "55"'],
    ['values without quotes', '{"lead": <lead>, "total": <total>}', { lead: 'L1', total: 55 }],
    ['values within quotes', '{"text": "<lead>/<total>"}', { text: 'L1/55' }],
    ['lists and constants', '{"all": [9, <lead>, true]}', { all: [9, 'L1', true] }],
    ['an object as value', '{"reasons": <reasons>}', { reasons: [{ rule: 'form' }, { rule: 'pricing' }] }],
    ['nothing for an absent value in quotes', '{"text": "[<absent>]"}', { text: '[]' }],
    ['the rule', '{"arn": <aws.events.rule-arn>, "by": "<aws.events.rule-name>"}', { arn: about.ruleArn, by: 'hot' }],
    ['the ingestion time', '[<aws.events.event.ingestion-time>]', ['2026-11-20T10:00:01.234Z']],
    ['the whole event', '{"event": <aws.events.event.json>}', { event }],
    ['the event without its detail', '<aws.events.event>', (({ detail: _, ...envelope }) => envelope)(event)],
  ])('may be a template with %s', (_claim, template, expected) => {
    expect(filled(template)).toEqual(expected);
  });

  it.each([
    ['a value that is absent', '{"value": <absent>}'],
    ['a quote inside a value, which is not escaped', '{"text": "<quote>"}'],
    ['text without quotes', '<lead> has <total>'],
  ])('fails for %s', (_claim, inputTemplate) => {
    expect(() => filled(inputTemplate)).toThrow('is not JSON');
  });

  it.each([
    ['an unknown placeholder', { inputTransformer: { inputTemplate: '"<nobody>"' } }, '<nobody>'],
    ['a reserved name', { inputTransformer: { inputPathsMap: { 'aws.x': '$' }, inputTemplate: '1' } }, 'reserved'],
    ['bracket notation', { inputPath: "$['detail']" }, 'dot notation'],
    ['a constant that is not JSON', { input: 'nightly' }, 'is not JSON'],
  ])('refuses %s when the rule is read', (_claim, target, reason) => {
    expect(() => parseInput(target)).toThrow(reason);
  });
});
