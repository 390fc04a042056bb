import { expect, it } from 'vitest';
import { signedHeaders } from '../../../bin/person/signature.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const asked = { service: 'service', region: 'us-east-1', now: Date.parse('2015-08-30T12:36:00Z') };
const signatureOf = (url: string, more: Partial<{ method: string; sessionToken: string }> = {}) => {
  const { method = 'GET', sessionToken } = more;
  const { authorization = '' } = signedHeaders(
    { ...asked, method, url: new URL(url) },
    { ...credentials, sessionToken },
  );
  return authorization.split('Signature=')[1];
};

it('signs the examples of AWS’s own test suite as AWS does', () => {
  expect(signatureOf('https://example.amazonaws.com/')).toBe(
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
  expect(signatureOf('https://example.amazonaws.com/?Param2=value2&Param1=value1')).toBe(
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  );
});

it('signs the method and the session too', () => {
  const signatures = [
    signatureOf('https://example.amazonaws.com/'),
    signatureOf('https://example.amazonaws.com/', { method: 'DELETE' }),
    signatureOf('https://example.amazonaws.com/', { sessionToken: 'token' }),
  ];
  expect(new Set(signatures).size).toBe(3);
});
