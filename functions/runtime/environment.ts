/**
 * Reads one setting at cold start. Throws when it is missing: a function with half its settings must not take work.
 */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`set ${name}: this function cannot start without it`);
  return value;
}

/** Reads a setting that only a laptop has: `undefined` where it is not set, as in everything the template deploys. */
export function localEnv(name: string): string | undefined {
  return process.env[name] || undefined;
}
