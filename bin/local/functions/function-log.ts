import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import type { FunctionError } from './environment.ts';

/** What functions print, in one file; what goes wrong is shown on the terminal too. */
export interface FunctionLog {
  printed(functionName: string, stream: 'out' | 'err', text: string): void;
  failed(error: FunctionError): void;
  close(): Promise<void>;
}

const LARGEST_BYTES = 20_000_000;

/** Appends to `file`; a large one of former runs is put aside first as `<file>.old`. */
export function openFunctionLog(file: string, terminal: (line: string) => void): FunctionLog {
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.old`);
  const stream = createWriteStream(file, { flags: 'a' });
  const write = (functionName: string, text: string) => {
    const lines = text.replace(/\n$/, '').split('\n');
    stream.write(lines.map((line) => `${new Date().toISOString()} ${functionName}  ${line}\n`).join(''));
  };
  return {
    printed(functionName, from, text) {
      write(functionName, text);
      if (from === 'err') terminal(`${functionName}: ${text.trimEnd()}`);
    },
    failed({ functionName, errorType, message, trace }) {
      write(functionName, trace || `${errorType}: ${message}`);
      terminal(`${functionName} failed: ${errorType}: ${message}`);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
