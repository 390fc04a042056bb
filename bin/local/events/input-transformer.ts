import type { BusEvent, RuleTarget } from './bus.ts';
import { isList, isRecord } from './event-pattern-operators.ts';

/** What a target is sent for an event: JSON text. Throws when a template gives something that is not JSON. */
export type TargetInput = (event: BusEvent, about: Delivery) => string;

/** What the predefined variables of a template say about the delivery. */
interface Delivery {
  readonly ruleName: string;
  readonly ruleArn: string;
  /** When the bus took the event, ISO 8601. */
  readonly ingestedAt: string;
}

/** Parses how a target wants its input: a constant, a part of the event, a template, or the event itself. */
export function parseInput(target: Pick<RuleTarget, 'input' | 'inputPath' | 'inputTransformer'>): TargetInput {
  if (target.input !== undefined) {
    const constant = minify(target.input);
    return () => constant;
  }
  if (target.inputTransformer) {
    return parseTemplate(target.inputTransformer.inputTemplate, target.inputTransformer.inputPathsMap ?? {});
  }
  if (target.inputPath !== undefined) {
    const select = parsePath(target.inputPath);
    return (event) => JSON.stringify(select(event) ?? null);
  }
  return (event) => JSON.stringify(event);
}

/** The variables every template has. The event itself is only useful as a value, since nothing is escaped. */
const PREDEFINED: Readonly<Record<string, (event: BusEvent, about: Delivery) => unknown>> = {
  'aws.events.rule-arn': (_event, { ruleArn }) => ruleArn,
  'aws.events.rule-name': (_event, { ruleName }) => ruleName,
  'aws.events.event.ingestion-time': (_event, { ingestedAt }) => ingestedAt,
  'aws.events.event': ({ detail: _, ...envelope }) => envelope,
  'aws.events.event.json': (event) => event,
};

function parseTemplate(template: string, paths: Readonly<Record<string, string>>): TargetInput {
  const variables = new Map(Object.entries(PREDEFINED));
  for (const [name, path] of Object.entries(paths)) {
    if (/^aws\./i.test(name)) throw new Error(`input template: the variable ${name} has a reserved name`);
    variables.set(name, parsePath(path));
  }
  for (const [, name = ''] of template.matchAll(/<([\w.-]+)>/g)) {
    if (!variables.has(name)) throw new Error(`input template: <${name}> is not in the input paths map`);
  }

  return (event, about) => {
    let inText = false;
    const filled = template.replaceAll(/\\.|"|<([\w.-]+)>/gs, (token: string, name: string | undefined) => {
      if (token === '"') inText = !inText;
      if (name === undefined) return token;
      return print(variables.get(name)?.(event, about), inText);
    });
    return minify(filled);
  };
}

/**
 * A value as EventBridge writes it: JSON where a value stands, bare and unescaped inside quotes, nothing when the event
 * has no such field. A quote within a value can so break a template: better on the laptop than in the cloud only.
 */
function print(value: unknown, inText: boolean): string {
  if (value === undefined) return '';
  return inText && typeof value === 'string' ? value : JSON.stringify(value);
}

function minify(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    throw new Error(`the input for the target is not JSON: ${json.slice(0, 200)}`);
  }
}

/** Parses the JSONPath EventBridge knows: `$`, `.name`, `[0]`, `[*]`. What is not there is undefined. */
function parsePath(path: string): (value: unknown) => unknown {
  const steps = path.match(/\.[\w/-]+|\[(?:\d+|\*)\]/g) ?? [];
  if (`$${steps.join('')}` !== path)
    throw new Error(`${path} is not a JSONPath with dot notation like $.detail.items[0].name`);
  return (value) => select(value, steps);
}

function select(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '[*]') return isList(value) ? value.map((item) => select(item, rest)) : undefined;
  if (step.startsWith('[')) return isList(value) ? select(value[Number(step.slice(1, -1))], rest) : undefined;
  const name = step.slice(1);
  return isRecord(value) && Object.hasOwn(value, name) ? select(value[name], rest) : undefined;
}
