import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Holds every synth to the AwsSolutions and Serverless packs of cdk-nag; the library's own validation comes by itself. A
 * finding stops the synth, a warning as well as an error: it is mended, or acknowledged with its reason where it stands.
 * `CDK_VALIDATION=false` skips all of it, since a laptop's start has no time for it.
 */
export function addValidation(app: App): void {
  if (process.env.CDK_VALIDATION === 'false') return;
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true }),
    new ServerlessChecks(app, { verbose: true }),
  );
}
