import { globSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { compilePlaybook } from './playbook/compile.ts';

const root = join(import.meta.dirname, '..');

/**
 * Bundles every door with one esbuild call: `functions/<room>/<door>.lambda.ts` → `dist/functions/<room>-<door>/index.mjs`.
 * These bytes run in AWS and on the laptop. The playbook is compiled first and goes into the bundles as data, so a wrong
 * playbook never deploys, and reading it at run time costs nothing.
 *
 * @throws PlaybookError with file, line, path and the mend, when the playbook is wrong.
 */
export async function buildFunctions({
  playbookFolder,
  distFolder = join(root, 'dist'),
}: {
  playbookFolder: string;
  /** Default `dist`. The local runner has its own, so that two of them never take each other's bundles away. */
  distFolder?: string;
}): Promise<{ playbookVersion: string }> {
  const playbook = await compilePlaybook(playbookFolder);
  const doors = globSync('functions/*/*.lambda.ts', { cwd: root });
  const outdir = join(distFolder, 'functions');
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: doors.map((door) => ({ in: door, out: bundleName(door) })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    loader: { '.woff2': 'binary' },
    logLevel: 'error',
    // Some of the libraries are CommonJS and ask for `require` inside an ES module.
    banner: { js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" },
    plugins: [
      playbookModules({ ...playbook.parts, version: playbook.version, 'model-version': playbook.modelVersion }),
      browserModules(),
    ],
  });
  // For the CDK app, which needs the sender's domain and the activities that sequences begin with.
  await writeFile(join(distFolder, 'playbook.json'), JSON.stringify(playbook.parts));
  return { playbookVersion: playbook.version };
}

function bundleName(door: string): string {
  const [, room, file = ''] = door.split(/[\\/]/);
  return `${room}-${file.replace('.lambda.ts', '')}/index`;
}

/** `import scoring from 'ripen:playbook/scoring'`: one compiled part of the playbook, as data. For doors only. */
function playbookModules(parts: Readonly<Record<string, unknown>>): Plugin {
  return {
    name: 'playbook',
    setup(setup) {
      setup.onResolve({ filter: /^ripen:playbook\// }, ({ path }) => ({
        path: path.slice('ripen:playbook/'.length),
        namespace: 'playbook',
      }));
      setup.onLoad({ filter: /.*/, namespace: 'playbook' }, ({ path }) =>
        path in parts
          ? { contents: JSON.stringify(parts[path]), loader: 'json' }
          : {
              errors: [{ text: `the playbook has no part "${path}": its parts are ${Object.keys(parts).join(', ')}` }],
            },
      );
    },
  };
}

/**
 * `import tracker from 'ripen:browser/ripen.js'`: a script or style sheet of functions/web/browser, bundled and minified, as text;
 * `import css from 'ripen:text/<path>'`: a file of a package or of the tree, as text.
 */
function browserModules(): Plugin {
  return {
    name: 'browser',
    setup(setup) {
      setup.onResolve({ filter: /^ripen:browser\// }, ({ path }) => ({
        path: path.slice('ripen:browser/'.length),
        namespace: 'browser',
      }));
      setup.onLoad({ filter: /.*/, namespace: 'browser' }, async ({ path }) => ({
        contents: await bundleForBrowser(path),
        loader: 'text',
      }));
      setup.onResolve({ filter: /^ripen:text\// }, ({ path }) => ({
        path: join(root, path.slice('ripen:text/'.length)),
        namespace: 'text',
      }));
      setup.onLoad({ filter: /.*/, namespace: 'text' }, async ({ path }) => ({
        contents: await readFile(path, 'utf8'),
        loader: 'text',
      }));
    },
  };
}

/** One script of functions/web/browser as the visitor's browser gets it. */
export async function bundleForBrowser(name: string): Promise<string> {
  const source = join(root, 'functions/web/browser', name.replace(/\.js$/, '.ts'));
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2020',
    format: 'iife',
    // Served beside the style sheet by the same door.
    external: ['/assets/*'],
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

if (import.meta.main) {
  const { playbookVersion } = await buildFunctions({
    playbookFolder: process.env.RIPEN_PLAYBOOK ?? join(root, 'playbook'),
  });
  console.log(`Built dist/functions with playbook ${playbookVersion}`);
}
