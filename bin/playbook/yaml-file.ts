import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import type { PlaybookProblem } from './problem.ts';

type Path = readonly (string | number)[];

/** One YAML file of the playbook: what it says, and where it says it. */
export class YamlFile {
  readonly file: string;
  readonly problems: PlaybookProblem[] = [];
  readonly #document: Document;
  readonly #lines = new LineCounter();
  /** Lines above the YAML in the file: front matter begins below its `---`. */
  readonly #offset: number;

  constructor(file: string, text: string, offset = 0) {
    this.file = file;
    this.#offset = offset;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const { message, pos } of this.#document.errors)
      this.problems.push({ file, line: this.#lines.linePos(pos[0]).line + offset, path: '', message });
  }

  /** What the file says, held to the schema; `undefined` when it does not fit, and the problems say why. */
  parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema> | undefined {
    if (this.problems.length > 0) return undefined;
    const content: unknown = this.#document.toJS();
    const result = schema.safeParse(content, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = textPath(issue.path);
      // One problem per stray key, at the line of the key.
      const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
      this.problems.push(...paths.map((one) => this.at(one, mend(issue))));
    }
    return undefined;
  }

  /** A problem with what stands at that path, or with what should. */
  at(path: Path, message: string): PlaybookProblem {
    return { file: this.file, line: this.#lineOf(path), path: path.join('.'), message };
  }

  /** The line of the deepest part of the path that exists: a missing key is reported at the map that lacks it. */
  #lineOf(path: Path): number {
    for (let depth = path.length; depth > 0; depth--) {
      const node = this.#document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return this.#lines.linePos(node.range[0]).line + this.#offset;
    }
    return 1 + this.#offset;
  }
}

function textPath(path: readonly PropertyKey[]): Path {
  return path.map((key) => (typeof key === 'symbol' ? String(key) : key));
}

/** What to write instead, in words. The schemas' own messages already say so; zod's generic ones are said better here. */
function mend(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'means nothing here: check the spelling, or remove it';
    case 'invalid_value':
      return `write one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? `is missing: add it (${article(issue.expected)})` : issue.message;
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ');
    default:
      return issue.message;
  }
}

function article(expected: string): string {
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}
