import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second. */
const tickUs = 10_000;

/** CPU microseconds that these processes have used so far; 0 where there is no /proc, or none of them. */
export function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.cpuUs ?? 0), 0);
}

/** The same of one process whose threads stay, to the microsecond: of those that have ended nothing is told. */
export function cpuOfThreads(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return folders(tasks).reduce((sum, thread) => sum + ranUs(`${tasks}/${thread}/schedstat`), 0);
}

/** Nanoseconds on a CPU, nanoseconds in the queue for one, turns. See the kernel's sched-stats.rst. */
function ranUs(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ', 1)[0]) / 1000;
  } catch {
    return 0;
  }
}

/** The process, its children and theirs. */
export function treeOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of folders('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) parents.set(Number(name), stat.parent);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...[...parents].filter(([, parent]) => parent === each).map(([child]) => child));
  return tree;
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function statOf(pid: number): { readonly parent: number; readonly cpuUs: number } | undefined {
  try {
    // The name in brackets may hold anything: the fields are counted from its end. See proc(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [, parent, , , , , , , , , , user, system] = fields.map(Number);
    return { parent: parent ?? 0, cpuUs: ((user ?? 0) + (system ?? 0)) * tickUs };
  } catch {
    return undefined;
  }
}
