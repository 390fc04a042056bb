/** Deeper than anything honest; a program that walks the value cannot run out of stack. */
const maxDepth = 32;

/** What the bytes say as JSON in UTF-8; `undefined` when they are not that, or nest too deep. Never throws. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return depthOf(text) > maxDepth ? undefined : JSON.parse(text, exactly);
  } catch {
    return undefined;
  }
}

/** An id of nineteen digits is more than a number can hold: it stays as it was written, as text. */
function exactly(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isInexact && context?.source !== undefined ? context.source : value;
}

/** How deep brackets nest outside strings: one pass, no recursion, no backtracking, whatever the text. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}

/** Is it an object with names, rather than a list, a scalar or nothing? */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
