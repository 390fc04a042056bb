import * as z from 'zod';
import { functionOf } from './arn.ts';
import { type Cloud, explained } from './cloud.ts';
import { TemplateError } from './template-error.ts';

/** A route of the HTTP API. `routeKey` is `METHOD /path/{parameter}` or `$default`, as the template states it. */
export interface RouteSpec {
  readonly routeKey: string;
  readonly functionName: string;
  /** `public` takes anybody; `private` is for the operator, so a foreign page may not reach it. */
  readonly access: 'public' | 'private';
  readonly timeoutMs: number;
}

/** API Gateway answers cross-origin questions by itself when it is configured to. */
export interface CorsSpec {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

export interface ApiSpec {
  readonly apiId: string;
  readonly routes: readonly RouteSpec[];
  readonly cors: CorsSpec | undefined;
}

const Texts = z.array(z.string()).default([]);
const ApiProperties = z.object({
  ProtocolType: z.literal('HTTP', 'only HTTP APIs are served here'),
  CorsConfiguration: z
    .object({
      AllowOrigins: Texts,
      AllowMethods: Texts,
      AllowHeaders: Texts,
      ExposeHeaders: Texts,
      AllowCredentials: z.boolean().default(false),
      MaxAge: z.coerce.number().optional(),
    })
    .optional(),
});
const StageProperties = z.object({ StageName: z.literal('$default', 'only the $default stage is served here') });
const IntegrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'routes lead to functions here'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 is spoken here'),
  TimeoutInMillis: z.coerce.number().default(30_000),
});
const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'AWS_IAM'], 'the runner takes NONE and AWS_IAM').default('NONE'),
});

/** Reads the one HTTP API of the app. An app without one is served nothing but the local routes. */
export function readApi(cloud: Cloud): ApiSpec {
  const [api, second] = cloud.ofType('AWS::ApiGatewayV2::Api');
  if (second) throw new TemplateError(`${second.logicalId} is a second HTTP API: the runner has one address to serve`);
  if (!api) return { apiId: 'local', routes: [], cors: undefined };
  const { CorsConfiguration } = cloud.read(api, ApiProperties);
  for (const stage of cloud.ofType('AWS::ApiGatewayV2::Stage')) cloud.read(stage, StageProperties);
  return { apiId: api.name, routes: readRoutes(cloud), cors: CorsConfiguration && cors(CorsConfiguration) };
}

function readRoutes(cloud: Cloud): RouteSpec[] {
  const integrations = new Map<string, { functionName: string; timeoutMs: number }>(
    cloud.ofType('AWS::ApiGatewayV2::Integration').map((placed) => {
      const { IntegrationUri, TimeoutInMillis } = cloud.read(placed, IntegrationProperties);
      const functionName = explained(placed, () => functionOf(IntegrationUri));
      return [`integrations/${placed.name}`, { functionName, timeoutMs: TimeoutInMillis }] as const;
    }),
  );
  return cloud.ofType('AWS::ApiGatewayV2::Route').map((placed) => {
    const { RouteKey, Target, AuthorizationType } = cloud.read(placed, RouteProperties);
    const integration = integrations.get(Target);
    if (!integration)
      throw new TemplateError(`route ${RouteKey} leads to ${Target}, which is no integration of this app`);
    return { routeKey: RouteKey, access: AuthorizationType === 'NONE' ? 'public' : 'private', ...integration };
  });
}

function cors(given: NonNullable<z.infer<typeof ApiProperties>['CorsConfiguration']>): CorsSpec {
  return {
    allowOrigins: given.AllowOrigins,
    allowMethods: given.AllowMethods,
    allowHeaders: given.AllowHeaders.map((header) => header.toLowerCase()),
    exposeHeaders: given.ExposeHeaders,
    allowCredentials: given.AllowCredentials,
    maxAgeSeconds: given.MaxAge,
  };
}
