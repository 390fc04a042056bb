import { createHash } from 'node:crypto';
import { xmlText } from '../http/xml-text.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** The parameters of one SES v1 Query call: flat names such as `Destination.ToAddresses.member.1`. */
export interface QueryParameters {
  /** A parameter, or null when absent or empty: SES treats both the same. */
  get(name: string): string | null;
  /** `name.member.1`, `name.member.2`… in order. */
  list(name: string): readonly string[];
  /** `name.member.1.Name` and `.Value`… as pairs. */
  pairs(name: string): readonly (readonly [name: string, value: string])[];
}

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** A refusal in the words of SES; `code` is what the SDK turns into the error's name. */
export class SesError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;
  constructor(code: string, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Reads a form-encoded Query body. */
export function readQuery(body: string): QueryParameters {
  const form = new URLSearchParams(body);
  const get = (name: string) => form.get(name) || null;
  const numbered = (prefix: string, suffix: string) => {
    const values: string[] = [];
    for (let n = 1; form.has(`${prefix}.member.${n}${suffix}`); n++) {
      values.push(form.get(`${prefix}.member.${n}${suffix}`) ?? '');
    }
    return values;
  };
  return {
    get,
    list: (name) => numbered(name, ''),
    pairs: (name) => {
      const values = numbered(name, '.Value');
      return numbered(name, '.Name').map((key, index) => [key, values[index] ?? ''] as const);
    },
  };
}

/** The `200` of an action; `result` is the inside of its `…Result` element, already XML. */
export function answerXml(action: string, result: string, requestId: string): WireAnswer {
  const body = `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${xmlText(requestId)}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, body };
}

/** The `400` every refusal gets, the throttle included: that is SES v1. */
export function errorXml(error: SesError, requestId: string): WireAnswer {
  const details = Object.entries(error.details).map(([name, value]) => `<${name}>${xmlText(value)}</${name}>`);
  const body = `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${xmlText(error.code)}</Code><Message>${xmlText(error.message)}</Message>${details.join('')}</Error><RequestId>${xmlText(requestId)}</RequestId></ErrorResponse>`;
  return { status: 400, body };
}

/** An id as SES forms them: the instant in hex, then what looks like a UUID, then `-000000`. */
export function sesId(at: number, seed: string): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  const uuid = [8, 12, 16, 20, 32].map((end, index, ends) => digest.slice(index === 0 ? 0 : ends[index - 1], end));
  return `0100${Math.max(0, at).toString(16).padStart(12, '0')}-${uuid.join('-')}-000000`;
}

/** The id of a mail that came in: forty small letters and digits. */
export function inboundId(seed: string): string {
  return createHash('sha1').update(seed).digest('hex');
}
