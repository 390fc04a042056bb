import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '../../lib/routes.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize();
const Route = z.object({ RouteKey: z.string(), AuthorizationType: z.string() });
const deployed = Object.values(app.all('AWS::ApiGatewayV2::Route')).map((properties) => Route.parse(properties));

// Written out here on purpose: opening a route takes a second signature.
const publicRoutes = [
  'GET /assets/{file}',
  'GET /confirm/{token}',
  'GET /h/{token}',
  'GET /health',
  'GET /js/form.js',
  'GET /js/ripen.js',
  'GET /p/{page}',
  'GET /preferences/{token}',
  'GET /u/{token}',
  'POST /b',
  'POST /confirm/{token}',
  'POST /f/{formId}',
  'POST /h/{token}',
  'POST /i',
  'POST /p',
  'POST /preferences/{token}',
  'POST /t',
  'POST /u/{token}',
  'POST /v1/batch',
  'POST /v1/identify',
  'POST /v1/page',
  'POST /v1/track',
];

describe('a route', () => {
  it('exists if and only if it is on the list', () => {
    const listed = routes.map(({ method, path }) => `${method} ${path}`);
    expect(deployed.map(({ RouteKey }) => RouteKey).sort()).toEqual(listed.sort());
  });

  it('is open to the world only when this test says so', () => {
    const open = deployed
      .filter(({ AuthorizationType }) => AuthorizationType === 'NONE')
      .map(({ RouteKey }) => RouteKey);
    expect(open.sort()).toEqual(publicRoutes);
  });

  it('is closed by IAM otherwise', () => {
    const closed = deployed.filter(({ RouteKey }) => !publicRoutes.includes(RouteKey));
    expect(new Set(closed.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });
});

describe('the API', () => {
  const [stage = {}] = Object.values(app.all('AWS::ApiGatewayV2::Stage'));

  it('refuses what comes too fast', () => {
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
  });

  it('logs every request in JSON, without the address it came from', () => {
    const { Format } = z.object({ DestinationArn: z.unknown(), Format: z.string() }).parse(stage.AccessLogSettings);
    expect(JSON.parse(Format)).toMatchObject({ routeKey: '$context.routeKey', status: '$context.status' });
    expect(Format).not.toMatch(/\$context\.(identity|authorizer)/);
  });

  it('lets pages of other sites post to it, without credentials', () => {
    const [api = {}] = Object.values(app.all('AWS::ApiGatewayV2::Api'));
    expect(api.CorsConfiguration).toEqual({
      AllowHeaders: ['authorization', 'content-type', 'idempotency-key'],
      AllowMethods: ['POST'],
      AllowOrigins: ['*'],
      MaxAge: 86_400,
    });
  });
});
