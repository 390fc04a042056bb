import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import { publicFile } from '../../../functions/web/public-file.ts';
import { showPublicPage } from '../../../functions/web/show-public-pages.ts';
import { account } from '../../support/forms.ts';
import { forms, trial } from './sample-pages.ts';

const tracker = publicFile('text/javascript', 'x', { everywhere: true });
const deps = {
  account: { ...account, language: 'pt-BR' },
  forms,
  files: new Map([
    ['/js/ripen.js', tracker],
    ['/assets/ripen.css', publicFile('text/css', 'a{}')],
  ]),
  baseUrl: 'https://ripen.example',
  version: '0.1.0',
  playbookVersion: 'abc',
};

function get(address: string, headers: Record<string, string> = {}, ofForms = forms) {
  const { pathname: path, searchParams: query } = new URL(address, 'https://ripen.example');
  const named = /^\/p\/(.+)$/.exec(path)?.[1];
  const request: HttpRequest = {
    method: 'GET',
    path,
    query,
    headers,
    params: named === undefined ? {} : { page: named },
    body: Buffer.alloc(0),
    sourceIp: '192.0.2.1',
    operator: false,
  };
  return showPublicPage(request, { ...deps, forms: ofForms });
}

describe('public pages', () => {
  it('shows a form, its thank-you page and what it promised', async () => {
    expect((await get('/p/trial?lang=en')).body).toContain('action="/f/trial" method="post"');
    expect((await get('/p/thank-you?form=trial&lang=en')).body).toContain('href="/p/your-trial?lang=en"');
    expect((await get('/p/your-trial?lang=en')).body).toContain('Your first hour');
  });

  it('counts a look at the prices as one at /pricing', async () => {
    expect((await get('/p/pricing')).body).toContain('<link rel="canonical" href="https://ripen.example/pricing">');
  });

  it('speaks the account’s language when the browser does not say', async () => {
    expect((await get('/p/trial')).body).toContain('<html lang="pt-BR">');
    expect((await get('/p/trial', { 'accept-language': 'en-GB,en;q=0.9' })).body).toContain('<html lang="en">');
  });

  it.each([
    ['en', 'This page is for machines'],
    ['pt-BR', 'Esta página é para máquinas'],
  ])(
    'tells who follows the hidden link that the page is for machines, in %s, and counts nobody',
    async (lang, says) => {
      const { status, body } = await get(`/p/machines?lang=${lang}`);
      expect(status).toBe(200);
      expect(body).toContain(says);
      expect(body).toContain('<meta name="robots" content="noindex">');
      expect(body).not.toContain('ripen.js');
    },
  );

  it.each(['/p/nobody', '/p/constructor', '/p/your-constructor', '/p/__proto__'])('has no %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('promises beside a form what the playbook promises, and nothing else', async () => {
    expect((await get('/p/trial?lang=en')).body).not.toContain('class="promises"');
    const promising = { en: ['No card needed'], 'pt-BR': ['Sem cartão'] };
    const withPromises = { ...forms, forms: { trial: { ...trial, promises: promising } } };
    expect((await get('/p/trial?lang=pt-BR', {}, withPromises)).body).toContain('<span>Sem cartão</span>');
  });

  it('thanks without a form too, and never repeats what the address says', async () => {
    const { status, body } = await get('/p/thank-you?form="><script>x</script>');
    expect(status).toBe(200);
    expect(body).not.toContain('<script>x');
  });

  it('lets other sites load the tracker, and nothing else', async () => {
    expect((await get('/js/ripen.js')).headers).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin' });
    expect((await get('/assets/ripen.css')).headers).not.toHaveProperty('cross-origin-resource-policy');
  });

  it('sends a file once', async () => {
    const { etag } = tracker;
    expect((await get('/js/ripen.js', { 'if-none-match': etag })).status).toBe(304);
  });

  it('says that it is well', async () => {
    expect(JSON.parse(String((await get('/health')).body))).toMatchObject({ status: 'ok', version: '0.1.0' });
  });
});
