import { Busboy } from '@fastify/busboy';
import { RequestError } from '../runtime/http.ts';
import { isJsonObject, parseJson } from './json-text.ts';

/** What was posted, by input name; an input may come several times. Values are as they came: text, or anything JSON can say. */
export type FormInput = ReadonlyMap<string, readonly unknown[]>;

/** The whole body, in bytes. A form is a few lines of text. */
const maxBodyBytes = 64 * 1024;

/** More inputs than any page has. Beyond it the rest is not read. */
const maxInputs = 200;

/**
 * Reads a posted form, whichever way a page, a site builder or a program sends it.
 *
 * @throws RequestError 413 too large, 415 neither of the three content types, 422 not what the content type says.
 */
export async function readFormBody(contentType: string | undefined, body: Buffer): Promise<FormInput> {
  if (body.length > maxBodyBytes)
    throw new RequestError(413, 'body-too-large', `Send at most ${maxBodyBytes / 1024} KB: a form carries no files.`);
  switch (contentType?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return readUrlencoded(utf8(body));
    case 'application/json':
      return readJson(body);
    case 'multipart/form-data':
      return readMultipart(contentType ?? '', body);
    default:
      throw new RequestError(
        415,
        'unsupported-content-type',
        'Send application/x-www-form-urlencoded, multipart/form-data or application/json.',
      );
  }
}

function readUrlencoded(text: string): FormInput {
  const input = new Map<string, unknown[]>();
  for (const pair of text.split('&', maxInputs)) {
    if (pair === '') continue;
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    add(input, percentDecoded(name), percentDecoded(value));
  }
  return input;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new RequestError(
      422,
      'malformed-body',
      'Percent-encode the form as UTF-8: add <meta charset="utf-8"> to the page.',
    );
  }
}

function readJson(body: Buffer): FormInput {
  const content = parseJson(body);
  if (!isJsonObject(content))
    throw new RequestError(
      422,
      'malformed-body',
      'Send one JSON object in UTF-8, such as {"email": "name@example.com"}.',
    );
  const input = new Map<string, unknown[]>();
  for (const [name, value] of Object.entries(content).slice(0, maxInputs))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== null) add(input, name, one);
  return input;
}

/** Files are read past: no form takes any. */
function readMultipart(contentType: string, body: Buffer): Promise<FormInput> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) =>
      reject(new RequestError(422, 'malformed-body', `This is not multipart/form-data: ${why}.`));
    const input = new Map<string, unknown[]>();
    let reader: InstanceType<typeof Busboy>;
    try {
      reader = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fields: maxInputs, files: maxInputs, parts: maxInputs },
      });
    } catch {
      return refuse('its content type names no boundary');
    }
    // Bytes that are not UTF-8 arrive as U+FFFD: stored, they would be somebody's name spelled wrong for good.
    reader.on('field', (name, value) =>
      `${name}${value}`.includes('\uFFFD') ? refuse('its text is not UTF-8') : add(input, name, value),
    );
    reader.on('file', (_name, file) => {
      // Without a listener of its own, a file that ends in the middle takes the whole function down with it.
      file.on('error', () => refuse('it ends in the middle'));
      file.resume();
    });
    reader.on('error', () => refuse('it ends in the middle'));
    reader.on('finish', () => resolve(input));
    reader.end(body);
  });
}

function add(input: Map<string, unknown[]>, name: string, value: unknown): void {
  const values = input.get(name);
  if (values) values.push(value);
  else input.set(name, [value]);
}

function utf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new RequestError(422, 'malformed-body', 'Send text as UTF-8: add <meta charset="utf-8"> to the page.');
  }
}
