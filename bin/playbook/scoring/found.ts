/** Something in `scoring.yaml` that must be mended: where it stands, and the mend. */
export interface Found {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A problem at that path when there is something to say. */
export function found(path: Found['path'], message: string | undefined | false): readonly Found[] {
  return message === undefined || message === false ? [] : [{ path, message }];
}
