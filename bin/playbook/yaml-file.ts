import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { mend, plainly, strayKeyMend } from './mend.ts';
import type { PlaybookProblem } from './problem.ts';
import { slipsIn } from './yaml-slip.ts';

type Path = readonly (string | number)[];

/** One YAML file of the playbook: what it says, and where it says it. */
export class YamlFile {
  readonly file: string;
  readonly problems: PlaybookProblem[] = [];
  readonly #text: string;
  readonly #document: Document;
  readonly #lines = new LineCounter();
  /** Lines above the YAML in the file: front matter begins below its `---`. */
  readonly #offset: number;

  constructor(file: string, text: string, offset = 0) {
    this.file = file;
    this.#offset = offset;
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const errors = this.#document.errors.map(({ code, message, pos: [at] }) => ({
      code,
      message,
      line: this.#lines.linePos(at).line,
    }));
    for (const { line, message } of slipsIn(text, errors))
      this.problems.push({ file, line: line + offset, path: '', message });
  }

  /** What the file says, held to the schema; `undefined` when it does not fit, and the problems say why. */
  parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema> | undefined {
    if (this.problems.length > 0) return undefined;
    const content = this.#content();
    if (this.problems.length > 0) return undefined;
    const result = schema.safeParse(content, { reportInput: true });
    if (result.success) return result.data;
    const issues = result.error.issues.flatMap(plainly);
    const strays = issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('.'));
    for (const issue of issues) {
      // What is missing there is most likely what the stray key was meant to be: one slip, told once.
      if (issue.code === 'custom' && strays.includes(issue.path.join('.'))) continue;
      const path = textPath(issue.path);
      // One problem per stray key, at the line of the key.
      if (issue.code !== 'unrecognized_keys') this.problems.push(this.at(path, mend(issue)));
      else
        this.problems.push(
          ...issue.keys.map((key) => this.at([...path, key], strayKeyMend(key, keysOf(schema), path))),
        );
    }
    return undefined;
  }

  /** What is written, as values; a *name that no &name explains is only found out here. */
  #content(): unknown {
    try {
      return this.#document.toJS();
    } catch (error) {
      const name = /alias.*: (\S+)/.exec(error instanceof Error ? error.message : '')?.[1];
      if (name === undefined) throw error;
      const line = this.#text.split('\n').findIndex((each) => each.includes(`*${name}`)) + 1;
      const message = `there is no &${name} above this: check the spelling of *${name}`;
      this.problems.push({ file: this.file, line: Math.max(1, line) + this.#offset, path: '', message });
      return undefined;
    }
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

/** Every name that the schema has anywhere. */
function keysOf(schema: z.ZodType): readonly string[] {
  const keys = new Set<string>();
  JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), (name, value) => {
    if (name === 'properties') for (const key of Object.keys(value)) keys.add(key);
    if (name === 'propertyNames') for (const key of value.enum ?? []) keys.add(String(key));
    return value;
  });
  return [...keys];
}

function textPath(path: readonly PropertyKey[]): Path {
  return path.map((key) => (typeof key === 'symbol' ? String(key) : key));
}
