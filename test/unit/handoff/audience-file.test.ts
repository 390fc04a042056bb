import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { audienceFiles, Platform } from '../../../functions/handoff/audience-file.ts';

const john = {
  email: 'John_Smith@gmail.com',
  attributes: { name: 'Mary Smith', phone: '+1 (650) 555-1212', country: 'us' },
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function file(platform: Platform, lead: { email: string; attributes: Record<string, string> }) {
  const { columns, row } = audienceFiles[platform];
  const cells = row(lead);
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
}

describe("Meta's file", () => {
  it('hashes the examples of its documentation to the values given there', () => {
    expect(file('meta', john)).toMatchObject({
      email: '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f',
      phone: 'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176',
      fn: '6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec',
      country: '79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621',
    });
    expect(file('meta', { email: 'x@example.com', attributes: { name: 'Valéry' } }).fn).toBe(
      '08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c',
    );
  });

  it('has names in lower case and without marks, the first and the last of them', () => {
    const { fn, ln } = file('meta', { email: 'x@example.com', attributes: { name: "  Ana Clara d'Ávila-Souza " } });
    expect([fn, ln]).toEqual([sha256('ana'), sha256('dávilasouza')]);
  });
});

describe("Google's file", () => {
  it('takes the dots and what follows a plus out of a Gmail address, and of no other', () => {
    const email = (address: string) => file('google', { email: address, attributes: {} }).Email;
    expect(email('Ana.Souza+news@gmail.com')).toBe(sha256('anasouza@gmail.com'));
    expect(email('ana.souza@googlemail.com')).toBe(sha256('anasouza@googlemail.com'));
    expect(email('Ana.Souza+news@Example.com')).toBe(sha256('ana.souza+news@example.com'));
  });

  it('has the phone with its plus', () => {
    expect(file('google', john).Phone).toBe(sha256('+16505551212'));
  });

  it('names country and code in the clear, and the address as a whole or not at all', () => {
    const { country, ...attributes } = { ...john.attributes, zip: '94016' };
    expect(file('google', { ...john, attributes: { ...attributes, country } })).toMatchObject({
      ...{ 'First Name': sha256('mary'), 'Last Name': sha256('smith'), Country: 'US', Zip: '94016' },
    });
    expect(file('google', { ...john, attributes })).toMatchObject({ 'First Name': '', 'Last Name': '', Zip: '' });
    expect(file('google', john)).toMatchObject({ 'First Name': '', Country: '' });
  });
});

it("hashes the example of TikTok's documentation to the value given there", () => {
  expect(file('tiktok', { email: ' JaneDoe@gmail.com', attributes: { phone: '+37493828222' } })).toEqual({
    Email_SHA256: 'd6117306485ed0e50afab3ac871e98f81699151f30281527d63ff5f233656c69',
    Phone_SHA256: sha256('+37493828222'),
  });
});

it("gives LinkedIn's template the address alone: the rest would go in the clear", () => {
  const { email, ...others } = file('linkedin', john);
  expect(email).toBe(sha256('john_smith@gmail.com'));
  expect(Object.keys(others)).toEqual(['firstname', 'lastname', 'jobtitle', 'employeecompany', 'country', 'googleaid']);
  expect(new Set(Object.values(others))).toEqual(new Set(['']));
});

describe.each(Platform.options)('the file for %s', (platform) => {
  it('reads a number as one of the country, and leaves out what is none', () => {
    const phones = (attributes: Record<string, string>) =>
      Object.entries(file(platform, { email: 'x@example.com', attributes })).filter(([name]) => /phone/i.test(name));
    const local = phones({ phone: '(21) 98765-4321', country: 'BR' });
    expect(local).toEqual(phones({ phone: '+5521987654321', country: 'BR' }));
    for (const [, cell] of phones({ phone: 'ask me' })) expect(cell).toBe('');
  });

  it('says nothing of the person that is not hashed, however they call themselves', () => {
    const evil = '=HYPERLINK("https://evil.example")';
    const attributes = { name: `${evil} @sum`, phone: '=1+1', country: evil, zip: '=1', company: evil, role: evil };
    for (const cell of Object.values(file(platform, { email: 'x@example.com', attributes })))
      expect(cell).toMatch(/^([0-9a-f]{64})?$/);
  });
});
