import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundleForBrowser } from '../../../bin/build.ts';

it('the tracker stays under 3 KB gzipped', async () => {
  const tracker = await bundleForBrowser('ripen.js');
  expect(gzipSync(tracker).length).toBeLessThan(3 * 1024);
});

it.each(['ripen.js', 'form.js', 'app.js', 'chart.js'])('%s needs no evaluation of text as code', async (name) => {
  expect(await bundleForBrowser(name)).not.toMatch(/\beval\(|new Function\(/);
});

it('the style sheet fetches nothing from another origin', async () => {
  const style = await bundleForBrowser('ripen.css');
  expect(style).toContain('/assets/inter.woff2');
  expect(style).not.toMatch(/https?:\/\//);
});
