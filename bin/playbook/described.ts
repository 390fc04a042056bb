type Json = Readonly<Record<string, unknown>>;

/** A JSON Schema with a description for every name on `descriptions`: `rules.scope` is `scope` in any item of `rules`. */
export function described(
  schema: Json,
  descriptions: Readonly<Record<string, string>>,
  names: readonly string[] = [],
): Json {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === 'properties' ? properties(value) : inside(value)]),
  );

  function properties(value: unknown): unknown {
    if (!isJson(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, property]) => {
        if (!isJson(property)) return [name, property];
        const here = [...names, name];
        const description = descriptions[here.join('.')];
        return [name, { ...(description && { description }), ...described(property, descriptions, here) }];
      }),
    );
  }

  /** `items`, `anyOf`: further ways to say what stands at the same name. */
  function inside(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(inside);
    return isJson(value) ? described(value, descriptions, names) : value;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
