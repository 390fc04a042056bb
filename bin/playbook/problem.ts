/** Something in the playbook that must be mended before anything is built: where it stands and what to write instead. */
export interface PlaybookProblem {
  /** Relative to the playbook folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where in the file's structure: `forms.ebook.magnet`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A playbook that does not compile. Nothing is built or deployed from it. */
export class PlaybookError extends Error {
  readonly problems: readonly PlaybookProblem[];

  constructor(folder: string, problems: readonly PlaybookProblem[]) {
    const count = problems.length === 1 ? 'one thing' : `${problems.length} things`;
    super([`The playbook in ${folder} has ${count} to mend:`, ...problems.map(sentence)].join('\n'));
    this.name = 'PlaybookError';
    this.problems = problems;
  }
}

/** `forms.yaml:12 forms.ebook.magnet: write one of …` */
function sentence({ file, line, path, message }: PlaybookProblem): string {
  return `  ${file}:${line}${path === '' ? '' : ` ${path}`}: ${message}`;
}
