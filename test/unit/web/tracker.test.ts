import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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

interface Told {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly context: { readonly page: Readonly<Record<string, unknown>> };
}

/** Runs the tracker as a page at `address` would, and answers what it told and what the address bar shows then. */
async function visit(
  address: string,
  { canonical, doNotTrack }: { readonly canonical?: string; readonly doNotTrack?: string } = {},
) {
  const location = new URL(address);
  const told: Told[] = [];
  const nothing = () => undefined;
  class HTMLScriptElement {
    readonly dataset = { writeKey: 'local' };
    readonly src = 'https://mail.orchard.example/js/ripen.js';
  }
  const window: { ripen?: { page: (name?: string) => void } } = {};
  runInNewContext(await bundleForBrowser('ripen.js'), {
    ...{ URL, URLSearchParams, crypto, location, window, HTMLScriptElement },
    document: {
      currentScript: new HTMLScriptElement(),
      cookie: '',
      title: 'A page',
      referrer: '',
      querySelector: () => (canonical === undefined ? null : { href: canonical }),
      addEventListener: nothing,
    },
    navigator: { language: 'en', doNotTrack },
    history: {
      state: null,
      replaceState: (_state: null, _title: string, url: string) => {
        location.href = new URL(url, location).href;
      },
    },
    addEventListener: nothing,
    setTimeout: nothing,
    fetch: async (_url: string, { body }: { readonly body: string }) => {
      told.push(JSON.parse(body));
      return { status: 200 };
    },
  });
  return { told, location, ripen: window.ripen };
}

describe('a link id in the address', () => {
  it('is told once, by the page they landed on, and is gone from the address bar', async () => {
    const { told, location, ripen } = await visit('https://orchard.example/p?q=%20a+b&ripen_lid=payload.mac&c=1#top');
    ripen?.page();
    expect(location.href).toBe('https://orchard.example/p?q=%20a+b&c=1#top');
    expect(told.map(({ properties }) => properties.linkId)).toEqual(['payload.mac', undefined]);
    expect(told[0]?.properties).toMatchObject({ path: '/p', url: location.href });
    expect(told[0]?.context.page.url).toBe(location.href);
  });

  it.each([
    ['https://orchard.example/?ripen_lid=x.y', 'https://orchard.example/'],
    ['https://orchard.example/?ripen_lid=x.y#top', 'https://orchard.example/#top'],
    ['https://orchard.example/?ripen_lid=x.y&a=1', 'https://orchard.example/?a=1'],
    ['https://orchard.example//a?b&ripen_lid=x.y', 'https://orchard.example//a?b'],
    ['https://orchard.example/?ripen_lid=', 'https://orchard.example/?ripen_lid='],
  ])('leaves of %s the rest', async (address, rest) => {
    expect((await visit(address)).location.href).toBe(rest);
  });

  it('is left out of what a site repeats as its own address', async () => {
    const { told } = await visit('https://orchard.example/', { canonical: 'https://orchard.example/?ripen_lid=x.y' });
    expect(told[0]?.properties.url).toBe('https://orchard.example/');
  });

  it('is told of nobody who asks not to be tracked, and gone all the same', async () => {
    const { told, location } = await visit('https://orchard.example/?ripen_lid=x.y', { doNotTrack: '1' });
    expect(told).toEqual([]);
    expect(location.search).toBe('');
  });
});
