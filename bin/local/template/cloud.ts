import * as z from 'zod';
import type { Assembly, Resource, Stack } from './assembly.ts';
import { evaluate, evaluateCondition, type IntrinsicScope } from './intrinsics.ts';
import { INERT, type Named, RUNNING } from './resource-types.ts';
import { reasonOf, TemplateError } from './template-error.ts';

/** A resource of one of the stacks, with its physical name. */
export interface Placed extends Named {
  readonly type: string;
  readonly resource: Resource;
  readonly stack: Stack;
}

/** The synthesized app as one namespace: every resource by type, its properties evaluated when they are asked for. */
export interface Cloud {
  readonly region: string;
  readonly account: string;
  ofType(...types: readonly string[]): readonly Placed[];
  /** Evaluates and parses the properties `schema` names, and only those. Errors name stack, logical id and type. */
  read<S extends z.ZodObject>(placed: Placed, schema: S): z.infer<S>;
  assetFolder(objectKey: string): string;
}

/** Opens an assembly. Throws when a resource has a type that is neither run nor known to mean nothing here. */
export function openCloud(assembly: Assembly, baseUrl: string): Cloud {
  const scopes = new Map(assembly.stacks.map((stack) => [stack.name, scopeOf(stack)]));
  const placed = assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || scope(stack).condition(Condition))
      .map(([logicalId, resource]) => place(stack, logicalId, resource)),
  );
  refuseUnknown(assembly.stacks, placed);
  const [first] = assembly.stacks;

  return {
    region: first?.region ?? 'us-east-1',
    account: first?.account ?? '000000000000',
    ofType: (...types) => placed.filter(({ type }) => types.includes(type)),
    read(it, schema) {
      return explained(it, () => {
        const wanted = Object.keys(schema.shape).map((key) => [key, it.resource.Properties[key]] as const);
        return schema.parse(evaluate(Object.fromEntries(wanted), scope(it.stack)));
      });
    },
    assetFolder: (objectKey) => assembly.assetFolder(objectKey),
  };

  function scope(stack: Stack): IntrinsicScope {
    return scopes.get(stack.name) ?? scopeOf(stack);
  }

  function scopeOf(stack: Stack): IntrinsicScope {
    const { template } = stack;
    return {
      ref(name) {
        if (name.startsWith('AWS::')) return pseudoParameter(stack, name);
        const parameter = template.Parameters[name];
        if (parameter) return parameterValue(name, parameter.Default);
        return named(stack, name).type.ref(named(stack, name).it);
      },
      attribute(logicalId, attribute) {
        const { it, type } = named(stack, logicalId);
        const read = type.attributes?.[attribute];
        if (read) return read(it, baseUrl);
        throw new TemplateError(
          `the runner does not know ${attribute} of ${logicalId} (${it.type}): add it to bin/local/template/resource-types.ts`,
        );
      },
      condition(name) {
        const condition = template.Conditions[name];
        if (condition === undefined) throw new TemplateError(`stack ${stack.name} has no condition ${name}`);
        return evaluateCondition(condition, scope(stack));
      },
      mapping: (map, top, second) => template.Mappings[map]?.[top]?.[second],
      importValue(exportName) {
        for (const producer of assembly.stacks) {
          for (const { Value, Export } of Object.values(producer.template.Outputs)) {
            if (Export && evaluate(Export.Name, scope(producer)) === exportName)
              return evaluate(Value, scope(producer));
          }
        }
        return undefined;
      },
      stackOutput(stackName, outputName) {
        const producer = assembly.stacks.find(({ name }) => name === stackName);
        const output = producer?.template.Outputs[outputName];
        return producer && output && evaluate(output.Value, scope(producer));
      },
    };
  }

  function named(stack: Stack, logicalId: string) {
    const resource = stack.template.Resources[logicalId];
    if (!resource) throw new TemplateError(`stack ${stack.name} has nothing called ${logicalId}`);
    const type = RUNNING[resource.Type];
    if (type) return { type, it: place(stack, logicalId, resource) };
    throw new TemplateError(
      `${logicalId} (${resource.Type}) does not exist on a laptop, yet something that runs refers to it: ${INERT[resource.Type] ?? 'unknown type'}`,
    );
  }

  function place(stack: Stack, logicalId: string, resource: Resource): Placed {
    const { nameProperty } = RUNNING[resource.Type] ?? {};
    const given = nameProperty === undefined ? undefined : resource.Properties[nameProperty];
    const text = (value: unknown) => z.string().parse(evaluate(value, scope(stack)));
    return {
      name: given === undefined ? `${stack.name}-${logicalId}` : text(given),
      logicalId,
      stackName: stack.name,
      account: stack.account,
      region: stack.region,
      type: resource.Type,
      resource,
      stack,
      property: (name) => text(resource.Properties[name]),
    };
  }
}

/** Adds to an error which resource it is about. */
export function explained<T>(it: Placed, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error);
    throw new TemplateError(`stack ${it.stackName}, ${it.logicalId} (${it.type}): ${reason}`, { cause: error });
  }
}

function refuseUnknown(stacks: readonly Stack[], placed: readonly Placed[]): void {
  const unknown = placed.filter(({ type }) => !RUNNING[type] && !INERT[type]);
  const transformed = stacks.filter(({ template }) => template.Transform !== undefined);
  const complaints = [
    ...unknown.map(
      ({ stackName, logicalId, type }) => `stack ${stackName}, ${logicalId}: the runner does not know ${type}`,
    ),
    ...transformed.map(({ name }) => `stack ${name}: the runner cannot run a Transform`),
  ];
  if (complaints.length === 0) return;
  throw new TemplateError(
    `${complaints.join('\n')}\nRun it in bin/local, or say in INERT (bin/local/template/resource-types.ts) why it means nothing on a laptop.`,
  );
}

function parameterValue(name: string, value: unknown): unknown {
  if (value !== undefined) return value;
  throw new TemplateError(`parameter ${name} has no default: give it one, nobody is asked on a laptop`);
}

function pseudoParameter({ account, region, name }: Stack, parameter: string): unknown {
  switch (parameter) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return name;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${region}:${account}:stack/${name}/local`;
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return undefined;
    default:
      throw new TemplateError(`the runner does not know the pseudo parameter ${parameter}`);
  }
}
