import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { CSV_COLUMNS } from '../../src/formats/csv.js';
import { fuzzedEvent, fuzzedLine, streamId } from './fuzzed-events.js';
import { hostileDate, hostileJsonText, hostileText } from './hostile-values.js';

/** One input of the fuzzer: a request that a client can send, or raw bytes on a connection. */
export type Input =
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly path: string;
      readonly role: 'none' | 'reader' | 'analyst' | 'admin';
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: Buffer;
    }
  | { readonly kind: 'raw'; readonly bytes: Buffer };

/** The part of the OpenAPI document that describes a tested path. */
export interface Operation {
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

type Role = Extract<Input, { kind: 'request' }>['role'];
const role = fc.constantFrom<Role>('none', 'reader', 'analyst', 'admin');

/** Nine times in ten the usual value, so that inputs pass the first checks. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

/** Mostly a valid value for a parameter. */
const parameterValue = (name: string): fc.Arbitrary<string> => {
  const good: Readonly<Record<string, readonly string[]>> = {
    id: ['xpeng', 'geely', 'none'],
    automaker: ['xpeng', 'geely'],
    automakers: ['xpeng,geely', 'xpeng'],
    target: ['half-overseas', 'markets'],
    market: ['NO', 'EU'],
    measure: ['overseas-units', 'overseas-sales-share'],
    limit: ['1', '50', '0', '-1', '1e9', '99999999999'],
    trueOn: ['2025-01-01'],
    knownOn: ['2026-11-01'],
    position: ['1', '5', '99999999999999999999'],
    minPosition: ['1', '99999999'],
  };
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(good[name] ?? ['1', 'xpeng', '2025'])) },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: hostileDate },
  );
};

/** The text as UTF-8 can represent it: a lone surrogate becomes the replacement character. */
const inBytes = (text: string): string => Buffer.from(text).toString();

/** The text percent-encoded, or unchanged if a request line can contain it. */
function encoded(text: string): string {
  const wellFormed = inBytes(text);
  return /^[!-~]{1,40}$/.test(wellFormed) && !/[#?&/\\]/.test(wellFormed)
    ? wellFormed
    : encodeURIComponent(wellFormed);
}

function question(operations: readonly Operation[]): fc.Arbitrary<Input> {
  return fc.constantFrom(...operations).chain(({ path, parameters }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const inQuery = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    return fc
      .record({
        values: fc.tuple(...inPath.map(parameterValue)),
        query: fc.tuple(
          ...inQuery.map((name) => fc.tuple(fc.constant(name), parameterValue(name), fc.nat({ max: 3 }))),
        ),
        extra: fc.array(fc.tuple(hostileText, hostileText), { maxLength: 1 }),
        accept: fc.constantFrom('*/*', 'text/html', 'application/json', 'text/csv'),
        method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'),
        role,
      })
      .map(({ values, query, extra, accept, method, role: who }): Input => {
        let at = 0;
        const asked = path.replace(/\{\w+\}/g, () => encoded(values[at++] ?? ''));
        const pairs = [...query.filter(([, , chance]) => chance === 0), ...extra].map(
          ([name, value]) => `${encodeURIComponent(inBytes(name))}=${encoded(value)}`,
        );
        const path_ = pairs.length > 0 ? `${asked}?${pairs.join('&')}` : asked;
        return {
          kind: 'request',
          method,
          path: path_.slice(0, 15_000),
          role: who,
          headers: { Accept: accept },
        };
      });
  });
}

const recording: fc.Arbitrary<Input> = fc
  .record({
    stream: streamId,
    body: fc.oneof(
      { weight: 6, arbitrary: fuzzedEvent.map((event) => JSON.stringify(event)) },
      {
        weight: 2,
        arbitrary: fc.array(fuzzedEvent, { maxLength: 4 }).map((events) => JSON.stringify(events)),
      },
      { weight: 1, arbitrary: hostileJsonText },
    ),
    dryRun: mostly('', '?dryRun=true', '?dryRun=maybe'),
    key: fc.option(hostileText.filter(isHeaderText), { nil: undefined, freq: 4 }),
    type: mostly('application/json', 'text/plain', 'multipart/form-data'),
    role: mostly<Role>('analyst', 'admin', 'reader', 'none'),
  })
  .map(({ stream, body, dryRun, key, type, role: who }): Input => {
    const [owner, id] = [
      stream.startsWith('market-') ? 'markets' : 'automakers',
      stream.replace(/^[a-z]+-/, ''),
    ];
    return {
      kind: 'request',
      method: 'POST',
      path: `/api/${owner}/${encoded(id)}/events${dryRun}`,
      role: who,
      headers: { 'Content-Type': type, ...(key !== undefined && { 'Idempotency-Key': key }) },
      body: Buffer.from(body),
    };
  });

/** Whether `fetch` accepts the text as the value of a header. */
function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text.trim() !== '';
}

const csvFile = fc
  .record({
    lines: fc.array(fuzzedLine, { maxLength: 6 }),
    delimiter: fc.constantFrom(',', ',', ',', ';', '\t'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    headerEnd: fc.constantFrom('\n', '\r\n'),
    columns: fc.array(hostileText, { maxLength: 2 }),
    stray: fc.constantFrom('', '', '14" wheel', '"never closed', '\u0000', '\ud800'),
    bom: fc.boolean(),
  })
  .map(({ lines, delimiter, end, headerEnd, columns, stray, bom }) => {
    const header = [...CSV_COLUMNS, ...columns];
    const rows = lines.map((line) => header.map((column) => cellOf(line, column)));
    const body = rows.map((row) => stringify([row], { delimiter, record_delimiter: end })).join('');
    return Buffer.from(
      `${bom ? '\ufeff' : ''}${stringify([header], { delimiter, record_delimiter: headerEnd })}${body}${stray}`,
    );
  });

function cellOf(line: Record<string, unknown>, column: string): string {
  const [outer = '', inner] = column.split('.', 2);
  const found = line[outer] as Record<string, unknown> | undefined;
  const value: unknown =
    inner === undefined ? found : Array.isArray(found) ? found[0]?.[inner] : found?.[inner];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const jsonLines = fc
  .array(
    fc.oneof({ weight: 12, arbitrary: fuzzedLine.map((line) => JSON.stringify(line)) }, hostileJsonText),
    {
      maxLength: 8,
    },
  )
  .map((lines) => Buffer.from(lines.join('\n')));

/** Bytes with some changed, duplicated or missing. */
const damaged = (bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(bytes, fc.constantFrom('none', 'none', 'cut', 'flip', 'double'), fc.nat(), fc.nat({ max: 255 }))
    .map(([content, damage, at, byte]) => {
      if (content.length === 0 || damage === 'none') return content;
      const place = at % content.length;
      if (damage === 'cut') return content.subarray(0, place);
      if (damage === 'double') return Buffer.concat([content, content.subarray(place)]);
      const copy = Buffer.from(content);
      copy[place] = byte;
      return copy;
    });

const importing: fc.Arbitrary<Input> = fc
  .record({
    file: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(
          fc.constantFrom('application/x-ndjson', 'application/cloudevents+x-ndjson'),
          damaged(jsonLines),
        ),
      },
      { weight: 3, arbitrary: fc.tuple(fc.constant('text/csv'), damaged(csvFile)) },
      {
        weight: 1,
        arbitrary: fc.tuple(
          fc.constantFrom('application/json', 'text/plain', 'text/csv; charset=utf-16'),
          damaged(jsonLines),
        ),
      },
    ),
    restore: fc.constantFrom(
      '',
      '',
      '',
      '',
      '?restore=true',
      '?restore=true',
      '?restore=true',
      '?restore=perhaps',
    ),
    encoding: mostly<string | undefined>(undefined, 'gzip', 'identity'),
    role: mostly<Role>('admin', 'analyst', 'none'),
  })
  .map(({ file: [type, body], restore, encoding, role: who }): Input => {
    const headers = { 'Content-Type': type, ...(encoding !== undefined && { 'Content-Encoding': encoding }) };
    return { kind: 'request', method: 'POST', path: `/api/imports${restore}`, role: who, headers, body };
  });

/** Bytes that are almost HTTP. `PORT` and `KEY` stand for those of the server. */
const rawHttp: fc.Arbitrary<Input> = fc
  .record({
    line: fc.oneof(
      fc.constantFrom(
        'GET / HTTP/1.1',
        'GET /%00 HTTP/1.1',
        'GET /automakers/%ff%fe HTTP/1.1',
        'GET /automakers/%E0%A4%A HTTP/1.1',
        'GET //evil.example/ HTTP/1.1',
        'GET http://evil.example/ HTTP/1.1',
        'GET /?a[]=1&a[]=2&__proto__[x]=1 HTTP/1.1',
        'GET /docs/constructor HTTP/1.1',
        'GET /assets/__proto__ HTTP/1.1',
        'POST /api/imports HTTP/1.1',
        'POST /api/automakers/xpeng/events HTTP/1.1',
        'BREW / HTTP/1.1',
        'GET / HTTP/9.9',
        '\u0000',
      ),
      hostileText.map((path) => `GET /${path} HTTP/1.1`),
    ),
    headers: fc.array(
      fc.constantFrom(
        'Host: 127.0.0.1:PORT',
        'Host: 127.0.0.1:PORT',
        'Host: evil.example',
        'Host:',
        'Authorization: Bearer KEY',
        'Authorization: Bearer ' + 'a'.repeat(9000),
        'Content-Length: 5',
        'Content-Length: -1',
        'Content-Length: 5, 6',
        'Transfer-Encoding: chunked',
        'Content-Type: application/json',
        'Content-Type: text/csv',
        'Expect: 100-continue',
        'Range: bytes=0-1',
        'If-None-Match: "x", W/"y"',
        'Last-Event-ID: 5000',
        'Cookie: session=%00; __proto__=1',
        'X-Forwarded-For: 1.2.3.4, ::1, a',
        'Connection: close',
        'Upgrade: websocket',
        'Accept-Encoding: br;q=x, gzip;q=2',
        'bad header',
      ),
      { maxLength: 6 },
    ),
    body: fc.constantFrom('', '{"a":', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', 'hello', '{}'),
  })
  .map(({ line, headers, body }): Input => ({
    kind: 'raw',
    bytes: Buffer.from([line, ...headers, '', body].join('\r\n')),
  }));

/** Inputs of every kind, for a server with these operations. */
export function inputs(operations: readonly Operation[]): fc.Arbitrary<Input> {
  return fc.oneof(
    { weight: 4, arbitrary: question(operations) },
    { weight: 4, arbitrary: recording },
    { weight: 4, arbitrary: importing },
    { weight: 1, arbitrary: rawHttp },
  );
}
