import { TemplateError } from './template-error.ts';

/** An ARN in the parts the runner needs: `arn:aws:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly service: string;
  readonly resource: string;
}

export function parseArn(arn: string): Arn {
  const [prefix, , service, , , ...resource] = arn.split(':');
  if (prefix !== 'arn' || !service || resource.length === 0) throw new TemplateError(`${arn} is not an ARN`);
  return { service, resource: resource.join(':') };
}

/** The function an ARN means, whatever version or alias it names, also inside an API Gateway integration URI. */
export function functionOf(arn: string): string {
  const name = /:function:([^:/]+)/.exec(arn)?.[1];
  if (name) return name;
  throw new TemplateError(`${arn} is not the ARN of a function`);
}

export function queueOf(arn: string): string {
  const { service, resource } = parseArn(arn);
  if (service === 'sqs') return resource;
  throw new TemplateError(`${arn} is not the ARN of a queue`);
}

/** The bus meant by a name or an ARN; none given means the default bus. */
export function busOf(nameOrArn = 'default'): string {
  return nameOrArn.replace(/^arn:.*event-bus\//, '');
}
