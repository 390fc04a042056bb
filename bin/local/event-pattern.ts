/** A parsed event pattern: does this event match? Total: never throws, whatever JSON it is given. */
export type EventPattern = (event: unknown) => boolean;

/** Parses an EventBridge event pattern (JSON text or value); throws naming the path of what EventBridge would refuse. */
export function parsePattern(pattern: unknown): EventPattern {
  throw new Error(`not yet: ${typeof pattern}`);
}
