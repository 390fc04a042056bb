import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import * as z from 'zod';
import type { FunctionError } from './environment.ts';

/** What functions print, in one file; what goes wrong for good is told on the terminal too, in a line each. */
export interface FunctionLog {
  printed(functionName: string, stream: 'out' | 'err', text: string): void;
  failed(error: FunctionError): void;
  close(): Promise<void>;
}

const LARGEST_BYTES = 20_000_000;

/** Outcomes of messages that go back to their queue: they are tried again, and what keeps failing becomes a dead letter. */
const TRIED_AGAIN = ['message-failed', 'group-failed'];

/** A line of `logFault`. */
const Fault = z.object({ outcome: z.string(), message: z.string() });

/**
 * Appends to `file`; a large one of former runs is put aside first as `<file>.old`. `isTriedAgain` tells the functions whose
 * failed invocations a queue or the bus repeats: a first failure of those is no news.
 */
export function openFunctionLog(
  file: string,
  terminal: (line: string) => void,
  isTriedAgain: (functionName: string) => boolean = () => false,
): FunctionLog {
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.old`);
  const stream = createWriteStream(file, { flags: 'a' });
  const write = (functionName: string, text: string) => {
    const lines = text.replace(/\n$/, '').split('\n');
    stream.write(lines.map((line) => `${new Date().toISOString()} ${functionName}  ${line}\n`).join(''));
  };
  return {
    printed(functionName, from, text) {
      write(functionName, text);
      if (from === 'out') return;
      for (const told of toTell(text)) terminal(`${functionName}: ${told}`);
    },
    failed({ functionName, errorType, message, trace }) {
      write(functionName, trace || `${errorType}: ${message}`);
      if (!isTriedAgain(functionName)) terminal(`${functionName} failed: ${errorType}: ${message}`);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}

/** Of what a function prints on its error stream: the faults nobody tries again, each in one line; of other text the first line. */
function toTell(text: string): string[] {
  const lines = text.trim().split('\n');
  const faults = lines.flatMap((line) => faultIn(line) ?? []);
  if (faults.length === 0) return lines.slice(0, 1);
  return faults
    .filter(({ outcome }) => !TRIED_AGAIN.includes(outcome))
    .map(({ outcome, message }) => `${outcome}: ${message.split('\n')[0]}`);
}

function faultIn(line: string): z.infer<typeof Fault> | undefined {
  try {
    return Fault.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
