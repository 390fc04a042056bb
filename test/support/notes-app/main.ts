import { startRunner } from '../../../bin/local/runner.ts';

// node main.ts ASSEMBLY DATA: the notes app in a process of its own, for tests that kill it.
const [assemblyFolder = '', dataFolder = ''] = process.argv.slice(2);
const { url } = await startRunner({ port: 0, assemblyFolder, dataFolder });
console.log(url);
