/** What a local route of the inbox answers. */
export interface LocalResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function page(status: number, body: string): LocalResponse {
  return answer(status, 'text/html', body, {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  });
}

export function json(status: number, value: unknown): LocalResponse {
  return answer(status, 'application/json', JSON.stringify(value));
}

export function refusal(status: number, code: string, message: string, path: string): LocalResponse {
  return json(status, { error: { code, message, ...(path === '' ? {} : { path }) } });
}

export function notAllowed(allow: string): LocalResponse {
  const answered = refusal(405, 'method-not-allowed', `use ${allow}`, '');
  return { ...answered, headers: { ...answered.headers, allow } };
}

export function redirect(status: number, location: string): LocalResponse {
  return answer(status, 'text/plain', '', { location });
}

export function answer(
  status: number,
  type: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): LocalResponse {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    // Not no-referrer: that would make the browser send the page's own forms with `Origin: null`.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...more,
  };
  return { status, headers, body };
}
