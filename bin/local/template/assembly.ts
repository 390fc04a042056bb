import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { TemplateError } from './template-error.ts';

export const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
});
export type Resource = z.infer<typeof Resource>;

const Template = z.object({
  Resources: z.record(z.string(), Resource).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Transform: z.unknown().optional(),
});
export type Template = z.infer<typeof Template>;

/** One synthesized stack. */
export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
}

/** A synthesized CDK app, as `cdk deploy` would read it. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly Stack[];
  /** The folder of an asset, by the object key a template names (`Code.S3Key`). Throws when there is none. */
  assetFolder(objectKey: string): string;
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .object({
          templateFile: z.string().optional(),
          stackName: z.string().optional(),
          file: z.string().optional(),
          directoryName: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** The address a template is synthesized with when the port is not known yet. */
const ANY_PORT = /http:\/\/127\.0\.0\.1:0(?!\d)/g;

/**
 * Reads a cloud assembly with all its stacks and nested stages. `baseUrl` takes the place of `http://127.0.0.1:0`, so
 * that one synthesized app can be run on any port.
 */
export function readAssembly(folder: string, baseUrl: string): Assembly {
  const assets = new Map<string, string>();
  const stacks = readStacks(folder, baseUrl, assets);
  if (stacks.length === 0) throw new TemplateError(`${folder} holds no stack: run the synth first`);
  return {
    folder,
    stacks,
    assetFolder(objectKey) {
      const found = assets.get(objectKey);
      if (found) return found;
      throw new TemplateError(`no asset ${objectKey} in ${folder}: give the function its code with Code.fromAsset`);
    },
  };
}

function readStacks(folder: string, baseUrl: string, assets: Map<string, string>): Stack[] {
  const { artifacts } = Manifest.parse(readJson(join(folder, 'manifest.json')));
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties = {} }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName) {
      return readStacks(join(folder, properties.directoryName), baseUrl, assets);
    }
    if (type === 'cdk:asset-manifest' && properties.file) {
      collectAssets(folder, properties.file, assets);
      return [];
    }
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) return [];
    const text = readFileSync(join(folder, properties.templateFile), 'utf8').replaceAll(ANY_PORT, baseUrl);
    return [{ name: properties.stackName ?? id, ...place(environment), template: Template.parse(JSON.parse(text)) }];
  });
}

function collectAssets(folder: string, file: string, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(AssetManifest.parse(readJson(join(folder, file))).files)) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path) assets.set(objectKey, resolve(folder, source.path));
    }
  }
}

/** `aws://unknown-account/unknown-region` is a stack that may go anywhere; here it goes to an account of zeros. */
function place(environment = ''): { account: string; region: string } {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  return {
    account: /^\d{12}$/.test(account) ? account : '000000000000',
    region: region === '' || region === 'unknown-region' ? 'us-east-1' : region,
  };
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new TemplateError(`${file} is missing: run the synth first`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
