import * as z from 'zod';
import { TemplateError } from './template-error.ts';

/** What an intrinsic function may ask about the template it stands in. `undefined` means there is no such thing. */
export interface IntrinsicScope {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
  importValue(exportName: string): unknown;
  stackOutput(stackName: string, outputName: string): unknown;
}

type Intrinsic = (argument: unknown, scope: IntrinsicScope) => unknown;

const Pair = z.tuple([z.string(), z.unknown()]);
const Attribute = z.union([
  z.tuple([z.string(), z.string()]),
  z.string().transform((dotted): [string, string] => {
    const dot = dotted.indexOf('.');
    return [dotted.slice(0, dot), dotted.slice(dot + 1)];
  }),
]);
const Triple = z.tuple([z.string(), z.unknown(), z.unknown()]);
const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const StackOutput = z.object({ StackName: Text, OutputName: Text });

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(z.string().parse(name)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = Attribute.parse(evaluate(argument, scope));
    return scope.attribute(logicalId, attribute);
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = Pair.parse(argument);
    return z.array(Text).parse(evaluate(parts, scope)).join(separator);
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, scope) => {
    const [index, list] = z.tuple([z.coerce.number(), z.array(z.unknown())]).parse(evaluate(argument, scope));
    if (index >= list.length) throw new TemplateError(`Fn::Select asks for item ${index} of ${list.length}`);
    return list[index];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = z.tuple([z.string(), Text]).parse(evaluate(argument, scope));
    return text.split(separator);
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = Triple.parse(argument);
    return evaluate(scope.condition(condition) ? whenTrue : whenFalse, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const keys = z.tuple([Text, Text, Text]).parse(evaluate(argument, scope));
    const found = scope.mapping(...keys);
    if (found === undefined) throw new TemplateError(`Fn::FindInMap finds nothing at ${keys.join(' / ')}`);
    return evaluate(found, scope);
  },
  'Fn::ImportValue': (argument, scope) => {
    const name = Text.parse(evaluate(argument, scope));
    const value = scope.importValue(name);
    if (value === undefined) throw new TemplateError(`no stack of this app exports ${name}`);
    return value;
  },
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = StackOutput.parse(evaluate(argument, scope));
    const value = scope.stackOutput(StackName, OutputName);
    if (value === undefined) throw new TemplateError(`no stack ${StackName} with an output ${OutputName} in this app`);
    return value;
  },
  'Fn::Base64': (argument, scope) => Buffer.from(Text.parse(evaluate(argument, scope))).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = z.tuple([Text, Text]).parse(evaluate(argument, scope));
    return left === right;
  },
  'Fn::And': (argument, scope) => conditions(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => conditions(argument, scope).some(Boolean),
  'Fn::Not': (argument, scope) => !conditions(argument, scope)[0],
};

/**
 * Evaluates every intrinsic function in `value`, as CloudFormation would at deploy time. `AWS::NoValue` removes the
 * property it stands for. Throws a TemplateError for what this machine could only guess.
 */
export function evaluate(value: unknown, scope: IntrinsicScope): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && isIntrinsic(first[0])) return call(first[0], first[1], scope);
  const evaluated = entries.map(([key, item]) => [key, evaluate(item, scope)] as const);
  return Object.fromEntries(evaluated.filter(([, item]) => item !== undefined));
}

/** Evaluates a condition of the template's `Conditions`, or one nested in another. */
export function evaluateCondition(value: unknown, scope: IntrinsicScope): boolean {
  const named = z.strictObject({ Condition: z.string() }).safeParse(value);
  return named.success ? scope.condition(named.data.Condition) : z.boolean().parse(evaluate(value, scope));
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function call(name: string, argument: unknown, scope: IntrinsicScope): unknown {
  const intrinsic = INTRINSICS[name];
  if (!intrinsic) {
    throw new TemplateError(
      `the runner does not know ${name}: write the value out, or teach it to bin/local/template/intrinsics.ts`,
    );
  }
  return intrinsic(argument, scope);
}

function plain(text: string): string {
  if (!text.includes('{{resolve:')) return text;
  throw new TemplateError(
    `${text} is looked up at deploy time, which a laptop cannot do: read the secret in the function`,
  );
}

function conditions(argument: unknown, scope: IntrinsicScope): boolean[] {
  return z
    .array(z.unknown())
    .parse(argument)
    .map((item) => evaluateCondition(item, scope));
}

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}` for a literal `${Literal}`. */
function substitute(argument: unknown, scope: IntrinsicScope): string {
  const [text, variables] = typeof argument === 'string' ? [argument, {}] : Pair.parse(argument);
  const own = z.record(z.string(), Text).parse(evaluate(variables, scope));
  return plain(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const mine = own[name];
    if (mine !== undefined) return mine;
    const dot = name.indexOf('.');
    return Text.parse(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}
