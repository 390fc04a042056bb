/** One JSON line per outcome. Takes ids and outcomes only: an address, a name or a payload has no business here (I-K1). */
export function log(
  outcome: string,
  ids: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): void {
  console.log(JSON.stringify({ outcome, ...ids }));
}

/** A fault that somebody should look at: the error's name and message, never its input. */
export function logFault(
  outcome: string,
  error: unknown,
  ids: Readonly<Record<string, string | number | undefined>> = {},
): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(JSON.stringify({ outcome, ...ids, error: name, message, stack }));
}
