/** A start that cannot go on, for a reason the person can mend: one line, exit 1, no stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** By name: the person's own mistakes come from several commands, which must not load each other's code to say so. */
const OWN_MISTAKES = ['StartError', 'TemplateError', 'PlaybookError', 'ImportError'];

/** What a command says before it ends: of a mistake of the person's own its sentence; anything else is ours, and a stack trace helps. */
export function complaint(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return OWN_MISTAKES.includes(error.name) ? error.message : (error.stack ?? error.message);
}
