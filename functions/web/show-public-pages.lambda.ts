import app from 'ripen:browser/app.js';
import chart from 'ripen:browser/chart.js';
import form from 'ripen:browser/form.js';
import style from 'ripen:browser/ripen.css';
import tracker from 'ripen:browser/ripen.js';
import account from 'ripen:playbook/account';
import forms from 'ripen:playbook/forms';
import playbookVersion from 'ripen:playbook/version';
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
import manifest from '../../package.json' with { type: 'json' };
import { Forms } from '../capture/form.ts';
import { Account } from '../leads/account.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { markSvg } from './mark.ts';
import { publicFile } from './public-file.ts';
import { showPublicPage } from './show-public-pages.ts';

const script = 'text/javascript; charset=utf-8';
const deps = {
  account: Account.parse(account),
  forms: Forms.parse(forms),
  files: new Map([
    ['/js/ripen.js', publicFile(script, tracker, { everywhere: true })],
    ['/js/form.js', publicFile(script, form, { everywhere: true })],
    ['/assets/app.js', publicFile(script, app)],
    ['/assets/chart.js', publicFile(script, chart)],
    ['/assets/ripen.css', publicFile('text/css; charset=utf-8', style)],
    ['/assets/mark.svg', publicFile('image/svg+xml', markSvg)],
    ['/assets/inter.woff2', publicFile('font/woff2', Buffer.from(inter))],
  ]),
  baseUrl: env('BASE_URL'),
  version: manifest.version,
  playbookVersion,
};

export const handler = onHttp((request) => showPublicPage(request, deps));
