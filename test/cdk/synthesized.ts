import { globSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { addRipen, newApp } from '../../lib/ripen.ts';
import { stageConfig } from '../../lib/stage.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const Stack = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

export interface Synthesized {
  /** The properties of every resource of a type, by logical id. */
  all(type: string): Readonly<Record<string, Record<string, unknown>>>;
  deletionPolicy(id: string): string | undefined;
  /** A value with every intrinsic written out as text: `Leads.Arn/index/byTime`. Logical ids lose their hash. */
  text(value: unknown): string;
}

export const playbook = {
  mailDomain: 'orchard.example',
  repliesDomain: 'reply.orchard.example',
  followedActivities: ['form.submitted', 'trial.started'],
  followedTypes: ['mql'],
  convertingActivities: ['appointment.booked', 'deal.won', 'form.submitted', 'trial.started'],
};

/** Empty bundles: a template does not depend on what the functions do. */
export function emptyBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-bundles-'));
  for (const door of globSync('functions/*/*.lambda.ts', { cwd: join(import.meta.dirname, '../..') })) {
    const bundle = join(folder, door.replace(/^functions[\\/]|\.lambda\.ts$/g, '').replace(/[\\/]/, '-'));
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'index.mjs'), 'export const handler = async () => {};');
  }
  return folder;
}

/** Every stack of a stage, without the validation, which has its own test. */
export function synthesize(stage = 'prod'): Synthesized {
  const app = newApp({
    outdir: mkdtempSync(join(tmpdir(), 'ripen-cdk-')),
    context: { functions: emptyBundles() },
    builtinCloudFormationValidation: false,
  });
  addRipen(app, stageConfig(stage, {}), playbook);
  const { stacks } = app.synth();
  const templates = new Map(stacks.map(({ stackName, template }) => [stackName, Stack.parse(template)]));
  const resources = [...templates.values()].flatMap(({ Resources }) => Object.entries(Resources));
  return {
    all: (type) => Object.fromEntries(resources.flatMap(([id, r]) => (r.Type === type ? [[id, r.Properties]] : []))),
    deletionPolicy: (id) => resources.find(([other]) => other === id)?.[1].DeletionPolicy,
    text: (value) => written(value, templates),
  };
}

const Ref = z.strictObject({ Ref: z.string() }).transform(({ Ref: id }) => bare(id));
const GetAtt = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Output = z.object({ 'Fn::GetStackOutput': z.object({ StackName: z.string(), OutputName: z.string() }) });

function written(value: unknown, templates: ReadonlyMap<string, z.infer<typeof Stack>>): string {
  if (typeof value === 'string') return value;
  const ref = Ref.safeParse(value);
  if (ref.success) return ref.data;
  const attribute = GetAtt.safeParse(value);
  if (attribute.success) return attribute.data['Fn::GetAtt'].map(bare).join('.');
  const join = Join.safeParse(value);
  if (join.success)
    return join.data['Fn::Join'][1].map((part) => written(part, templates)).join(join.data['Fn::Join'][0]);
  const output = Output.safeParse(value);
  if (!output.success) return JSON.stringify(value);
  const { StackName, OutputName } = output.data['Fn::GetStackOutput'];
  return written(templates.get(StackName)?.Outputs[OutputName]?.Value, templates);
}

/** A logical id without the hash that the CDK adds. */
function bare(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}
