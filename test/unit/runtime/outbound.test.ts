import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type OutboundDeps, outbound } from '../../../functions/runtime/outbound.ts';

const order = { headers: { 'content-type': 'application/json' }, body: '{"a":"é"}', timeoutMs: 5_000 };
const nobody = () => {
  throw new Error('this call must not be made');
};
const resolvedTo = (...addresses: readonly string[]): OutboundDeps['resolve'] => {
  const answers = [...addresses];
  return async () => [{ address: answers.length > 1 ? (answers.shift() ?? '') : (answers[0] ?? ''), family: 4 }];
};

const refused = {
  malformed: ['', 'crm', '//crm.example/x', 'https://', 'https://[::1', 'https://1.2.3.4.5/', 'https://0x7f.1.2.3.4/'],
  scheme: [
    ...['http://crm.example/', 'ftp://crm.example/', 'file:///etc/passwd', 'gopher://crm.example:70/_x'],
    ...[
      'data:text/plain,x',
      'javascript:alert(1)',
      'ws://crm.example/',
      'HTTP://crm.example',
      'unix:/var/run/docker.sock',
    ],
  ],
  credentials: [
    'https://u@crm.example/',
    'https://u:p@crm.example/',
    'https://crm.example@169.254.169.254/',
    'https://:p@crm.example/',
  ],
  port: [
    'https://crm.example:80/',
    'https://crm.example:22/',
    'https://crm.example:6379/',
    'https://crm.example:444/',
    'https://crm.example:8080/',
  ],
  'private-address': [
    ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0x7f.1/'],
    ...[
      'https://017700000001/',
      'https://0177.0.0.1/',
      'https://127.0.0.1./',
      'https://①②⑦.0.0.1/',
      'https://127。0。0。1/',
    ],
    ...['https://0/', 'https://0.0.0.0/', 'https://10.0.0.1/', 'https://172.16.0.1/', 'https://172.31.255.255/'],
    ...[
      'https://192.168.1.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://2852039166/',
      'https://0xa9fea9fe/',
    ],
    ...['https://169.254.170.2/', 'https://100.64.0.1/', 'https://100.127.255.255/', 'https://192.0.0.1/'],
    ...['https://192.0.2.1/', 'https://198.18.0.1/', 'https://198.19.255.255/', 'https://198.51.100.1/'],
    ...['https://203.0.113.1/', 'https://224.0.0.1/', 'https://239.255.255.250/', 'https://240.0.0.1/'],
    ...['https://255.255.255.255/', 'https://[::]/', 'https://[::1]/', 'https://[0:0:0:0:0:0:0:1]/'],
    ...['https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[::ffff:169.254.169.254]/'],
    ...[
      'https://[::ffff:8.8.8.8]/',
      'https://[::127.0.0.1]/',
      'https://[64:ff9b::127.0.0.1]/',
      'https://[64:ff9b::a9fe:a9fe]/',
    ],
    ...['https://[64:ff9b:1::1]/', 'https://[2002:7f00:1::]/', 'https://[2002:a9fe:a9fe::1]/', 'https://[2001::1]/'],
    ...[
      'https://[2001:db8::1]/',
      'https://[3fff::1]/',
      'https://[fe80::1]/',
      'https://[fec0::1]/',
      'https://[fc00::1]/',
    ],
    ...[
      'https://[fd00:ec2::254]/',
      'https://[fd12:3456::1]/',
      'https://[ff02::1]/',
      'https://[100::1]/',
      'https://[5f00::1]/',
    ],
    ...['https://127.0.0.1:8443/', 'https://[::1]:443/', 'HTTPS://LOCALHOST.1/'.replace('LOCALHOST.1', '127.0.0.2')],
  ],
} as const;

describe('where we do not call', () => {
  it.each(Object.entries(refused).flatMap(([reason, urls]) => urls.map((url) => [url, reason])))(
    '%s (%s), on a laptop neither',
    async (url, reason) => {
      const call = outbound({ resolve: nobody, request: nobody, captureUrl: undefined });
      expect(await call({ ...order, url })).toEqual({ outcome: 'refused', reason });
      const kept = outbound({ resolve: nobody, captureUrl: 'http://127.0.0.1:1/_outbound' });
      expect(await kept({ ...order, url })).toEqual({ outcome: 'refused', reason });
    },
  );

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1', '64:ff9b::a00:1'])(
    'a name that means %s, not even as one of several',
    async (address) => {
      const resolve = async () => [
        { address: '93.184.215.14', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ];
      const call = outbound({ resolve, request: nobody, captureUrl: undefined });
      expect(await call({ ...order, url: 'https://crm.example/hook' })).toEqual({
        outcome: 'refused',
        reason: 'private-address',
      });
    },
  );
});

describe('a call', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  async function serverThat(answers: RequestListener): Promise<number> {
    const server = createServer(answers);
    open.push(() => server.closeAllConnections());
    return portOf(server);
  }

  async function portOf(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    open.push(() => void server.close());
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Speaks to a server of this test where the product would speak to the address it was given. */
  const to =
    (port: number, seen: RequestOptions[] = []): OutboundDeps['request'] =>
    (url, options) => {
      seen.push(options);
      const { method, headers, signal } = options;
      return httpRequest({
        host: '127.0.0.1',
        port,
        path: url.pathname,
        method,
        headers,
        signal,
        agent: false,
      } as never);
    };
  const calling = (port: number) =>
    outbound({ resolve: resolvedTo('93.184.215.14'), request: to(port), captureUrl: undefined });
  const url = 'https://crm.example/hook';

  it('goes to the address that was checked, though the name means another a moment later', async () => {
    const seen: RequestOptions[] = [];
    const port = await serverThat((_, response) => response.end('ok'));
    const call = outbound({
      resolve: resolvedTo('93.184.215.14', '127.0.0.1'),
      request: to(port, seen),
      captureUrl: undefined,
    });
    expect(await call({ ...order, url })).toMatchObject({ outcome: 'answered', status: 200 });
    const asked = (all: boolean) =>
      new Promise((done) => seen[0]?.lookup?.('crm.example', { all }, (...answer: readonly unknown[]) => done(answer)));
    expect(await asked(false)).toEqual([null, '93.184.215.14', 4]);
    expect(await asked(true)).toEqual([null, [{ address: '93.184.215.14', family: 4 }]]);
    // The next call looks again, and sees what the name has become.
    expect(await call({ ...order, url })).toEqual({ outcome: 'refused', reason: 'private-address' });
  });

  it('tells status, Retry-After and the beginning of what was answered', async () => {
    const heard: string[] = [];
    const port = await serverThat(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      heard.push(`${request.method} ${request.headers['content-length']} ${Buffer.concat(chunks)}`);
      response.writeHead(429, { 'retry-after': '120' }).end('x'.repeat(1_000_000));
    });
    const answer = await calling(port)({ ...order, url });
    expect(answer).toEqual({ outcome: 'answered', status: 429, retryAfter: '120', body: 'x'.repeat(4096) });
    expect(heard).toEqual(['POST 10 {"a":"é"}']);
  });

  it('follows nobody', async () => {
    let heard = 0;
    const port = await serverThat((_, response) => {
      heard += 1;
      response.writeHead(307, { location: 'https://169.254.169.254/' }).end();
    });
    const answer = await calling(port)({ ...order, url });
    expect(answer).toEqual({ outcome: 'failed', reason: 'redirect', mayHaveArrived: true });
    expect(heard).toBe(1);
  });

  it('knows whether they may have heard', async () => {
    const reset = await serverThat((request) => request.socket.resetAndDestroy());
    expect(await calling(reset)({ ...order, url })).toEqual({
      outcome: 'failed',
      reason: 'reset',
      mayHaveArrived: true,
    });
    const silent = await serverThat(() => {});
    expect(await calling(silent)({ ...order, url, timeoutMs: 50 })).toEqual({
      outcome: 'failed',
      reason: 'timeout',
      mayHaveArrived: true,
    });
    expect(await calling(1)({ ...order, url })).toEqual({
      outcome: 'failed',
      reason: 'connection',
      mayHaveArrived: false,
    });
    const unknown = async () => Promise.reject(new Error('ENOTFOUND'));
    expect(await outbound({ resolve: unknown, request: nobody, captureUrl: undefined })({ ...order, url })).toEqual({
      outcome: 'failed',
      reason: 'unresolvable',
      mayHaveArrived: false,
    });
  });

  it('takes what was said before the line broke', async () => {
    const port = await serverThat((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    });
    expect(await calling(port)({ ...order, url })).toMatchObject({ outcome: 'answered', status: 200 });
  });

  it('waits no longer for the rest of an answer than for its beginning, and takes what was said', async () => {
    const port = await serverThat((_, response) => {
      response.writeHead(202, { 'content-length': '100' });
      response.write('half');
    });
    expect(await calling(port)({ ...order, url, timeoutMs: 60 })).toMatchObject({ outcome: 'answered', status: 202 });
  });

  it('ends when the line does, though nothing was said and nothing went wrong', async () => {
    const port = await portOf(
      createTcpServer((socket) => {
        socket.once('data', () =>
          socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
        );
      }),
    );
    expect(await calling(port)({ ...order, url })).toMatchObject({ outcome: 'failed', mayHaveArrived: true });
  });

  it('does not say a word before it is known who is there', async () => {
    const heard: Buffer[] = [];
    const port = await portOf(
      createTcpServer((socket) => {
        socket.on('data', (chunk) => {
          heard.push(chunk);
          socket.end('HTTP/1.1 200 OK\r\n\r\n');
        });
        socket.on('error', () => {});
      }),
    );
    const overTls: OutboundDeps['request'] = ({ pathname }, { lookup: _, ...options }) =>
      httpsRequest({ ...options, host: '127.0.0.1', port, path: pathname });
    const call = outbound({ resolve: resolvedTo('93.184.215.14'), request: overTls, captureUrl: undefined });
    expect(await call({ ...order, url })).toEqual({ outcome: 'failed', reason: 'connection', mayHaveArrived: false });
    expect(Buffer.concat(heard).includes(order.body)).toBe(false);
  });

  it('is kept instead of made on a laptop, with the address it was for', async () => {
    const heard: unknown[] = [];
    const port = await serverThat((request, response) => {
      heard.push([request.url, request.headers['x-ripen-outbound-url'], request.headers['content-type']]);
      response.end('ok');
    });
    const call = outbound({ resolve: nobody, request: nobody, captureUrl: `http://127.0.0.1:${port}/_outbound` });
    expect(await call({ ...order, url })).toEqual({ outcome: 'answered', status: 200, body: 'ok' });
    expect(heard).toEqual([['/_outbound', url, 'application/json']]);
  });
});
