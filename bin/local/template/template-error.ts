/** What the runner cannot run faithfully. Its message is for the person who wrote the construct. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
