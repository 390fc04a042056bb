import { expect, it } from 'vitest';
import { evaluate, evaluateCondition, type IntrinsicScope } from '../../../bin/local/template/intrinsics.ts';

/** How CloudFormation writes a placeholder. */
const of = (name: string) => `\${${name}}`;

const scope: IntrinsicScope = {
  ref: (name) => (name === 'AWS::NoValue' ? undefined : `ref-${name}`),
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'IsLocal',
  mapping: (...keys) => (keys.join('/') === 'Regions/here/size' ? 'small' : undefined),
  importValue: (name) => (name === 'exported' ? 'imported' : undefined),
  stackOutput: (stack, output) => (stack === 'Data' ? `${stack}.${output}` : undefined),
};

it.each([
  [{ Ref: 'Table' }, 'ref-Table'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
  [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  [
    { 'Fn::Sub': `${of('AWS::Region')}:${of('Table.Arn')}:${of('!Literal')}` },
    `ref-AWS::Region:Table/Arn:${of('Literal')}`,
  ],
  [{ 'Fn::Sub': [`${of('own')}-${of('Table')}`, { own: { Ref: 'X' } }] }, 'ref-X-ref-Table'],
  [{ 'Fn::If': ['IsLocal', { Ref: 'A' }, { Ref: 'B' }] }, 'ref-A'],
  [{ 'Fn::If': ['IsCloud', { Ref: 'A' }, { Ref: 'B' }] }, 'ref-B'],
  [{ 'Fn::FindInMap': ['Regions', 'here', 'size'] }, 'small'],
  [{ 'Fn::ImportValue': 'exported' }, 'imported'],
  [{ 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Arn' } }, 'Data.Arn'],
  [{ 'Fn::Base64': 'hi' }, 'aGk='],
])('evaluates %j', (value, expected) => {
  expect(evaluate(value, scope)).toBe(expected);
});

it('evaluates deep inside, and leaves out what stands for AWS::NoValue', () => {
  const value = {
    a: [{ b: { Ref: 'X' } }, { Ref: 'AWS::NoValue' }],
    c: { 'Fn::If': ['IsLocal', { Ref: 'AWS::NoValue' }, 1] },
    d: null,
  };
  expect(evaluate(value, scope)).toEqual({ a: [{ b: 'ref-X' }], d: null });
});

it.each([
  [{ 'Fn::Equals': ['a', { Ref: 'a' }] }, false],
  [{ 'Fn::Equals': [{ Ref: 'a' }, 'ref-a'] }, true],
  [{ Condition: 'IsLocal' }, true],
  [{ 'Fn::And': [{ Condition: 'IsLocal' }, { 'Fn::Not': [{ Condition: 'IsCloud' }] }] }, true],
  [{ 'Fn::Or': [{ Condition: 'IsCloud' }, { 'Fn::Equals': ['1', 1] }] }, true],
])('decides %j', (condition, expected) => {
  expect(evaluateCondition(condition, scope)).toBe(expected);
});

it.each([
  [{ 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, /does not know Fn::Cidr/],
  [{ 'Fn::ImportValue': 'nobody' }, /exports nobody/],
  [{ 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Arn' } }, /no stack Other/],
  [{ 'Fn::Select': [3, ['a']] }, /item 3 of 1/],
  [{ key: '{{resolve:secretsmanager:pepper}}' }, /read the secret in the function/],
])('refuses to guess %j', (value, message) => {
  expect(() => evaluate(value, scope)).toThrow(message);
});
