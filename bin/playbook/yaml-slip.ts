import type { YAMLError } from 'yaml';

/** A slip in how the file is written down: on which line, counted from 1, and the mend. */
export interface YamlSlip {
  readonly line: number;
  readonly message: string;
}

type ParserError = Pick<YAMLError, 'code' | 'message'> & { readonly line: number };

/**
 * What the parser's complaints come from, in words. Keys written twice are told each; of the rest only the first, because one
 * line out of place makes the parser stumble over all that follow.
 */
export function slipsIn(text: string, errors: readonly ParserError[]): YamlSlip[] {
  const twice = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  if (first) return [slipOf(text.split(/\r?\n/), first)];
  return twice.map(({ line }) => ({ line, message: 'this name stands here twice: keep one of the two' }));
}

function slipOf(lines: readonly string[], { code, message, line }: ParserError): YamlSlip {
  const here = lines[line - 1] ?? '';
  if (code === 'TAB_AS_INDENT') return { line, message: 'indent with spaces, not with tabs' };
  if (/^Missing closing .quote/.test(message)) return unclosedQuote(lines, line);
  if (/^Flow /.test(message)) return unclosedBracket(lines, line);
  if (/^\s*(- )?[\w-]+:[^\s:/]/.test(here)) return { line, message: 'write a space behind the colon' };
  if (/^\s*(- )?[\w-]+: [^'"[{].*: /.test(here))
    return { line, message: 'a text with a colon in it stands in quotes: "like: this"' };
  if (/^\s*- /.test(here))
    return { line, message: 'indent list items by two spaces under the line that names the list' };
  const next = lines.findIndex((each, index) => index >= line && /^\s*[^\s#]/.test(each));
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && indent(lines[next] ?? '') > indent(here))
    return { line: next + 1, message: `begins further right than what it belongs with: align it with line ${line}` };
  return { line, message: 'is not indented like the lines it belongs with: align it with them' };
}

/** The parser sees it at the end of the file; a person looks for the line with one quote too many or too few. */
function unclosedQuote(lines: readonly string[], line: number): YamlSlip {
  const odd = lines.findIndex((each) => /^\s*(- )?[\w-]+: ("[^"]*|'[^']*)$/.test(each));
  return { line: odd < 0 ? line : odd + 1, message: 'a quote is opened and not closed: write the one that is missing' };
}

/** Also noticed behind it: the line is the last one above that opens more than it closes. */
function unclosedBracket(lines: readonly string[], line: number): YamlSlip {
  const count = (each: string, marks: RegExp) => each.match(marks)?.length ?? 0;
  const open = lines.slice(0, line).findLastIndex((each) => count(each, /[[{]/g) > count(each, /[\]}]/g));
  const message = 'a [ or { is opened and not closed: write the ] or } that is missing';
  return { line: open < 0 ? line : open + 1, message };
}

function indent(line: string): number {
  return line.search(/\S/);
}
