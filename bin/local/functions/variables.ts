import type { DataFolder } from '../storage/data-folder.ts';
import type { FunctionSpec } from '../template/blueprint.ts';

/** Where the AWS services that functions call answer on this machine. */
export interface ServiceEndpoints {
  readonly dynamoDb: string;
  readonly eventBridge: string;
  readonly ses: string;
  readonly secretsManager: string;
  /** SES v2 and S3; and every service that is not run here, so that a call of it is refused and never leaves this machine. */
  readonly others: string;
  /** Where calls to other systems go instead of the internet. */
  readonly outbound: string;
}

/**
 * The environment of a function: what the template gives it, what Lambda sets, and the addresses of this machine in
 * place of AWS and of the internet. Nothing of the person's own environment, least of all credentials.
 */
export function functionVariables(
  spec: FunctionSpec,
  { region, endpoints, folder }: { region: string; endpoints: ServiceEndpoints; folder: DataFolder },
): Readonly<Record<string, string>> {
  // A file that is not there: the person's own AWS profile must not reach a function either.
  const noFile = folder.file('no-aws-config');
  return {
    ...spec.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: noFile,
    AWS_SHARED_CREDENTIALS_FILE: noFile,
    AWS_ENDPOINT_URL: endpoints.others,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    RIPEN_OUTBOUND_URL: endpoints.outbound,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    LAMBDA_TASK_ROOT: spec.folder,
    _HANDLER: spec.handler,
    TZ: ':UTC',
  };
}
