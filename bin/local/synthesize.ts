import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * Synthesizes the CDK app of stage `local` into `folder`, in a process of its own: the app reads its environment, and
 * the runner need not carry the CDK in memory. The built-in validation is left to `npm run check`; it takes longer than
 * everything else together. Rejects with what the app printed.
 */
export async function synthesize({
  folder,
  distFolder,
  baseUrl,
}: {
  folder: string;
  distFolder: string;
  baseUrl: string;
}): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const child = spawn(process.execPath, ['bin/app.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_VALIDATION: 'false',
      RIPEN_DIST: distFolder,
      RIPEN_STAGE: 'local',
      RIPEN_BASE_URL: baseUrl,
    },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new StartError(`the CDK app does not synthesize:\n${complaint.trim()}`);
}
