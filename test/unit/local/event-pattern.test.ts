import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../bin/local/events/event-pattern.ts';

const event = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'ActivityRecorded',
  source: 'ripen.leads',
  account: '123456789012',
  time: '2026-11-20T10:00:00Z',
  region: 'eu-central-1',
  resources: ['arn:aws:ses:eu-central-1:123456789012:identity/example.com', 'lead/42'],
  detail: {
    state: 'running',
    count: 5,
    limit: 301.8,
    huge: 6e9,
    isHot: true,
    nothing: null,
    empty: '',
    path: '/usr/lib/tool.png',
    star: 'a*b',
    address: '10.0.0.33',
    address6: '2001:db8::7',
    tags: ['hot', 'eu', 7],
    noTags: [],
    nested: { deep: { leaf: 'x' } },
    items: [
      { sku: 'a', units: 1 },
      { sku: 'b', units: 2 },
    ],
    noFields: {},
  },
};

/** [what the documentation says, the pattern, whether the event above matches] */
const DOCUMENTED: readonly [string, unknown, boolean][] = [
  ['a top-level field', { source: ['ripen.leads'] }, true],
  ['a field name with a dash', { 'detail-type': ['ActivityRecorded'] }, true],
  ['any of the listed values', { source: ['other', 'ripen.leads'] }, true],
  ['none of the listed values', { source: ['other'] }, false],
  ['all fields must match', { source: ['ripen.leads'], region: ['us-east-1'] }, false],
  ['a field the event lacks', { absent: ['x'] }, false],
  ['matching is case-sensitive', { source: ['RIPEN.leads'] }, false],
  ['nested objects', { detail: { nested: { deep: { leaf: ['x'] } } } }, true],
  ['an object where the event has a value', { detail: { state: { deeper: ['x'] } } }, false],
  ['a value where the event has an object', { detail: { nested: ['x'] } }, false],
  ['a number', { detail: { count: [5] } }, true],
  ['a number is not its text', { detail: { count: ['5'] } }, false],
  ['a text is not its number', { account: [123456789012] }, false],
  ['a boolean', { detail: { isHot: [true] } }, true],
  ['a boolean is not its text', { detail: { isHot: ['true'] } }, false],
  ['null', { detail: { nothing: [null] } }, true],
  ['null is not absent', { detail: { absent: [null] } }, false],
  ['null is not the empty string', { detail: { nothing: [''] } }, false],
  ['the empty string', { detail: { empty: [''] } }, true],
  ['an array in the event matches by any element', { detail: { tags: ['eu'] } }, true],
  ['an array keeps its types', { detail: { tags: ['7'] } }, false],
  ['resources', { resources: ['lead/42'] }, true],
  ['prefix', { time: [{ prefix: '2026-11-20' }] }, true],
  ['prefix that differs', { time: [{ prefix: '2025' }] }, false],
  ['prefix on a number', { detail: { count: [{ prefix: '5' }] } }, false],
  ['prefix over an array', { resources: [{ prefix: 'arn:aws:ses:' }] }, true],
  ['prefix ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'RIPEN.' } }] }, true],
  ['suffix', { detail: { path: [{ suffix: '.png' }] } }, true],
  ['suffix that differs', { detail: { path: [{ suffix: '.PNG' }] } }, false],
  ['suffix ignoring case', { detail: { path: [{ suffix: { 'equals-ignore-case': '.PNG' } }] } }, true],
  ['equals-ignore-case', { detail: { state: [{ 'equals-ignore-case': 'RUNNING' }] } }, true],
  ['equals-ignore-case is the whole text', { detail: { state: [{ 'equals-ignore-case': 'RUN' }] } }, false],
  ['anything-but a string', { detail: { state: [{ 'anything-but': 'stopped' }] } }, true],
  ['anything-but the string it is', { detail: { state: [{ 'anything-but': 'running' }] } }, false],
  ['anything-but a number', { detail: { count: [{ 'anything-but': 5 }] } }, false],
  ['anything-but a list', { detail: { state: [{ 'anything-but': ['stopped', 'running'] }] } }, false],
  ['anything-but a list of numbers', { detail: { count: [{ 'anything-but': [100, 200] }] } }, true],
  ['anything-but matches another type', { detail: { count: [{ 'anything-but': 'running' }] } }, true],
  ['anything-but needs the field', { detail: { absent: [{ 'anything-but': 'x' }] } }, false],
  ['anything-but over an array, by any element', { detail: { tags: [{ 'anything-but': 'hot' }] } }, true],
  ['anything-but a prefix', { detail: { state: [{ 'anything-but': { prefix: 'run' } }] } }, false],
  ['anything-but prefixes', { detail: { state: [{ 'anything-but': { prefix: ['stop', 'init'] } }] } }, true],
  ['anything-but a suffix', { detail: { path: [{ 'anything-but': { suffix: '.png' } }] } }, false],
  ['anything-but suffixes', { detail: { path: [{ 'anything-but': { suffix: ['.jpg', '.gif'] } }] } }, true],
  [
    'anything-but ignoring case',
    { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'RUNNING' } }] } },
    false,
  ],
  [
    'anything-but a list ignoring case',
    { detail: { state: [{ 'anything-but': { 'equals-ignore-case': ['STOPPED', 'Running'] } }] } },
    false,
  ],
  ['anything-but a wildcard', { detail: { path: [{ 'anything-but': { wildcard: '*/lib/*' } }] } }, false],
  ['anything-but wildcards', { detail: { path: [{ 'anything-but': { wildcard: ['*/bin/*', '*.gif'] } }] } }, true],
  ['numeric equals', { detail: { limit: [{ numeric: ['=', 3.018e2] }] } }, true],
  ['numeric range', { detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }, true],
  ['numeric range, open end', { detail: { count: [{ numeric: ['>', 0, '<', 5] }] } }, false],
  ['numeric below', { detail: { count: [{ numeric: ['<', 10] }] } }, true],
  ['numeric at least', { detail: { count: [{ numeric: ['>=', 5] }] } }, true],
  ['numeric on text', { account: [{ numeric: ['>', 0] }] }, false],
  ['numeric beyond five billion never compares', { detail: { huge: [{ numeric: ['>', 0] }] } }, false],
  ['cidr', { detail: { address: [{ cidr: '10.0.0.0/24' }] } }, true],
  ['cidr of another block', { detail: { address: [{ cidr: '10.0.1.0/24' }] } }, false],
  ['cidr on text that is no address', { detail: { state: [{ cidr: '0.0.0.0/0' }] } }, false],
  ['cidr for IPv6', { detail: { address6: [{ cidr: '2001:db8::/32' }] } }, true],
  ['cidr of the other version', { detail: { address: [{ cidr: '::/0' }] } }, false],
  ['exists', { detail: { state: [{ exists: true }] } }, true],
  ['exists for null', { detail: { nothing: [{ exists: true }] } }, true],
  ['exists not', { detail: { absent: [{ exists: false }] } }, true],
  ['exists not, under an absent object', { detail: { absent: { deeper: [{ exists: false }] } } }, true],
  ['exists works on leaves only', { detail: { nested: [{ exists: true }] } }, false],
  ['exists not, for an object', { detail: { nested: [{ exists: false }] } }, true],
  ['exists not, for an empty array', { detail: { noTags: [{ exists: false }] } }, true],
  ['an operator or a value', { detail: { absent: ['x', { exists: false }] } }, true],
  ['wildcard', { detail: { path: [{ wildcard: '/usr/*/*.png' }] } }, true],
  ['wildcard that differs', { detail: { path: [{ wildcard: '/usr/*/*.gif' }] } }, false],
  ['wildcard for nothing', { detail: { state: [{ wildcard: 'running*' }] } }, true],
  ['wildcard does not overlap', { detail: { state: [{ wildcard: 'runni*nning' }] } }, false],
  ['wildcard with an escaped star', { detail: { star: [{ wildcard: 'a\\*b' }] } }, true],
  ['wildcard with an escaped star is no wildcard', { detail: { state: [{ wildcard: 'run\\*' }] } }, false],
  ['$or', { $or: [{ source: ['other'] }, { region: ['eu-central-1'] }] }, true],
  ['$or without a match', { $or: [{ source: ['other'] }, { region: ['us-east-1'] }] }, false],
  ['$or next to a field', { source: ['other'], $or: [{ region: ['eu-central-1'] }, { id: ['x'] }] }, false],
  ['$or inside detail', { detail: { $or: [{ count: [{ numeric: ['>', 9] }] }, { state: ['running'] }] } }, true],
  ['$or with several fields is an and', { $or: [{ source: ['ripen.leads'], id: ['x'] }, { id: ['y'] }] }, false],
  ['$or inside $or', { $or: [{ id: ['x'] }, { $or: [{ id: ['y'] }, { source: ['ripen.leads'] }] }] }, true],
  ['objects in an array', { detail: { items: { sku: ['b'] } } }, true],
  ['objects in an array match within one element', { detail: { items: { sku: ['a'], units: [2] } } }, false],
  ['the name of a JavaScript member is just a name', { detail: { constructor: [{ exists: true }] } }, false],
];

describe('event patterns', () => {
  it.each(DOCUMENTED)('%s', (_claim, pattern, expected) => {
    expect(parsePattern(pattern)(event)).toBe(expected);
    expect(parsePattern(JSON.stringify(pattern))(event)).toBe(expected);
  });

  it.each([
    ['not an object', ['x'], '$'],
    ['text that is not JSON', '{"source":', '$'],
    ['an empty pattern', {}, '$'],
    ['an empty object', { detail: {} }, '$.detail'],
    ['an empty list', { detail: { state: [] } }, '$.detail.state'],
    ['a bare value', { detail: { state: 'running' } }, '$.detail.state'],
    ['a list in a list', { source: [['x']] }, '$.source[0]'],
    ['an unknown operator', { source: ['x', { regex: 'y' }] }, '$.source[1]'],
    ['an inherited name as operator', { source: [{ constructor: 'y' }] }, '$.source[0]'],
    ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }, '$.source[0]'],
    ['an operator without a name', { source: [{}] }, '$.source[0]'],
    ['a prefix that is no text', { source: [{ prefix: 5 }] }, '$.source[0].prefix'],
    ['a prefix with another operator', { source: [{ prefix: { wildcard: 'a' } }] }, '$.source[0].prefix'],
    ['ignoring case of a number', { source: [{ 'equals-ignore-case': 5 }] }, '$.source[0].equals-ignore-case'],
    ['anything-but null', { source: [{ 'anything-but': null }] }, '$.source[0].anything-but'],
    ['anything-but a mixed list', { source: [{ 'anything-but': ['a', 1] }] }, '$.source[0].anything-but'],
    ['anything-but nothing', { source: [{ 'anything-but': [] }] }, '$.source[0].anything-but'],
    [
      'anything-but an unknown operator',
      { source: [{ 'anything-but': { numeric: ['=', 1] } }] },
      '$.source[0].anything-but.numeric',
    ],
    [
      'anything-but an empty prefix',
      { source: [{ 'anything-but': { prefix: '' } }] },
      '$.source[0].anything-but.prefix',
    ],
    ['numeric without a list', { source: [{ numeric: 5 }] }, '$.source[0].numeric'],
    ['an unknown comparison', { source: [{ numeric: ['!=', 5] }] }, '$.source[0].numeric'],
    ['a comparison with text', { source: [{ numeric: ['>', '5'] }] }, '$.source[0].numeric'],
    ['a range from above', { source: [{ numeric: ['<', 5, '>', 0] }] }, '$.source[0].numeric'],
    ['an empty range', { source: [{ numeric: ['>', 5, '<', 5] }] }, '$.source[0].numeric'],
    ['too many bounds', { source: [{ numeric: ['>', 0, '<', 5, '<', 6] }] }, '$.source[0].numeric'],
    ['a number beyond five billion', { source: [{ numeric: ['>', 5_000_000_001] }] }, '$.source[0].numeric'],
    ['a cidr without a block', { source: [{ cidr: '10.0.0.1' }] }, '$.source[0].cidr'],
    ['a cidr too wide', { source: [{ cidr: '10.0.0.0/33' }] }, '$.source[0].cidr'],
    ['exists as text', { source: [{ exists: 'true' }] }, '$.source[0].exists'],
    ['two stars in a row', { source: [{ wildcard: 'a**b' }] }, '$.source[0].wildcard'],
    ['an escape of a letter', { source: [{ wildcard: 'a\\b' }] }, '$.source[0].wildcard'],
    ['$or of one', { $or: [{ source: ['x'] }] }, '$.$or'],
    ['$or that is no list', { $or: { source: ['x'] } }, '$.$or'],
    ['$or of values', { $or: ['x', 'y'] }, '$.$or[0]'],
    ['$or of operators', { $or: [{ source: ['x'] }, { prefix: ['y'] }] }, '$.$or[1]'],
  ])('refuses %s, saying where', (_claim, pattern, path) => {
    expect(() => parsePattern(pattern)).toThrow(`event pattern, at ${path}: `);
  });

  it('never throws on an event, whatever JSON it is', () => {
    const patterns = DOCUMENTED.map(([, pattern]) => parsePattern(pattern));
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ source: fc.jsonValue(), detail: fc.jsonValue() })),
        (anyEvent) => {
          for (const matches of patterns) expect(typeof matches(anyEvent)).toBe('boolean');
        },
      ),
    );
  });

  it('either parses a pattern or says what is wrong with it, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (anyPattern) => {
        try {
          expect(typeof parsePattern(anyPattern)(event)).toBe('boolean');
        } catch (error) {
          expect(String(error)).toContain('event pattern, at $');
        }
      }),
    );
  });

  it('matches what it is made of: every flat event matches the pattern of its own values', () => {
    const flat = fc.dictionary(
      fc.string().filter((name) => name !== '$or'),
      fc.oneof(fc.string(), fc.boolean(), fc.constant(null)),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(flat, (fields) => {
        const pattern = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
        expect(parsePattern(pattern)(fields)).toBe(true);
      }),
    );
  });

  it('answers a hostile wildcard at once', () => {
    const matches = parsePattern({ source: [{ wildcard: '*a*a*a*a*a*a*a*a*a*a*b' }] });
    expect(matches({ source: 'a'.repeat(100_000) })).toBe(false);
  });
});
