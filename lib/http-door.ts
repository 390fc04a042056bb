import { Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { NodeLambda, type NodeLambdaProps } from './node-lambda.ts';
import { type Route, routesOf } from './routes.ts';

export interface HttpDoorProps extends NodeLambdaProps {
  readonly api: IHttpApi;
}

const methods = { GET: HttpMethod.GET, POST: HttpMethod.POST, DELETE: HttpMethod.DELETE } as const;

/** A door that answers HTTP requests: the routes that `lib/routes.ts` gives it, the private ones closed by IAM. */
export class HttpDoor extends NodeLambda {
  constructor(scope: Construct, id: string, { api, ...props }: HttpDoorProps) {
    super(scope, id, props);
    const integration = new HttpLambdaIntegration('Integration', this);
    for (const route of routesOf(props.door)) this.serve(route, api, integration);
  }

  private serve({ method, path, access }: Route, httpApi: IHttpApi, integration: HttpLambdaIntegration): void {
    const routeKey = HttpRouteKey.with(path, methods[method]);
    if (access === 'private') {
      // Until people can sign in, a request must be signed by somebody of the account (SigV4).
      new HttpRoute(this, `${method} ${path}`, { httpApi, routeKey, integration, authorizer: new HttpIamAuthorizer() });
      return;
    }
    const open = new HttpRoute(this, `${method} ${path}`, { httpApi, routeKey, integration });
    Validations.of(open).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'on the public list of lib/routes.ts: people and browsers without an account call it',
    });
  }
}
