import type { RecordedEvent } from '../../src/domain/ledger/event.js';
import { csvHeader, toCsvLine } from '../../src/formats/csv.js';
import type { Format, LedgerLine } from '../../src/formats/ledger-line.js';
import { readLedger } from '../../src/formats/read-ledger.js';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(
  text: string | Buffer,
  format: Format = 'jsonl',
  size = 1 << 16,
): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const line of readLedger(inPieces(Buffer.from(text), size), format)) lines.push(line);
  return lines;
}

const reasonOf = (line: LedgerLine | undefined): string | undefined =>
  line?.content.kind === 'unreadable' ? line.content.reason : undefined;
const eventOf = (line: LedgerLine | undefined): Readonly<Record<string, unknown>> | undefined =>
  line?.content.kind === 'event' ? line.content.event : undefined;

const EVENT = {
  position: 1,
  stream: 'automaker-acme',
  revision: 0,
  id: '11111111-1111-4111-8111-111111111111',
  type: 'AutomakerRegistered',
  occurredOn: '2001',
  data: { name: 'Acm\ufffd "x", é\ny', homeMarket: 'CN' },
  evidence: [],
  recordedAt: '2026-01-01T00:00:00.000Z',
  recordedBy: 'ann',
} as unknown as RecordedEvent;

describe('a table of events', () => {
  it('gives back a text with the replacement character, which is a character like any other', async () => {
    const [line] = await linesOf(csvHeader() + toCsvLine(EVENT), 'csv');
    expect(eventOf(line)).toMatchObject({ data: EVENT.data });
  });

  it.each([
    ['data', 'x', 'has text in the column data: each of its fields has a column, such as data.market'],
    ['evidence', '[]', 'has text in the column evidence: each of its fields has a column'],
    ['evidence.more', '{"url":"https://example.com"}', 'evidence.more must hold a JSON list'],
    ['evidence.more', '1', 'evidence.more must hold a JSON list'],
    ['evidence.more', 'null', 'evidence.more must hold a JSON list'],
    ['warnings', '{"a":1,"a":2}', 'says "a" twice'],
  ])('drops no cell: %s with %s is told', async (column, cell, reason) => {
    const header = `stream,type,data.market,evidence.url,${column}`;
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    const [line] = await linesOf(
      `${header}\nautomaker-acme,MarketEntered,NO,https://example.com,${quoted}\n`,
      'csv',
    );
    expect(reasonOf(line)).toContain(reason);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'takes a column named %s as a field of its own, which the rules refuse as unknown',
    async (name) => {
      const header = `stream,type,data.${name},evidence.${name},${name}`;
      const [line] = await linesOf(`${header}\nautomaker-acme,MarketEntered,a,b,c\n`, 'csv');
      const event = eventOf(line) ?? {};
      expect(Object.entries(event)).toContainEqual([name, 'c']);
      expect(Object.entries(event['data'] as object)).toEqual([[name, 'a']]);
      expect(Object.entries((event['evidence'] as object[])[0] ?? {})).toEqual([[name, 'b']]);
      expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    },
  );

  it.each([
    ['a stray quote', 'stream,type,a 14" wheel', 'quote'],
    ['a column twice', 'stream,type,note, note', 'note twice'],
    [
      'names that are near',
      'Streem,typ,data.markt',
      '"Streem" (stream?), "typ" (type?), "data.markt" (data.market?)',
    ],
    ['names in another language', 'Marke;Art;Land', '"Marke"'],
    ['no stream', 'type,note', 'no column stream'],
    ['too many columns', `stream,type${',x'.repeat(5000)}`, 'columns'],
    ['a NUL', 'stream\0,type', 'no column stream'],
  ])('is refused row by row under a header with %s', async (_, header, reason) => {
    const end = Buffer.isBuffer(header) ? '' : '\n';
    const bytes = Buffer.concat([Buffer.from(header), Buffer.from(`${end}a,b\nc,d\n`)]);
    const lines = await linesOf(bytes, 'csv');
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(reasonOf(lines[0])).toContain(reason);
    expect(reasonOf(lines[2])).toContain('line 1');
    expect(Buffer.concat(lines.flatMap((line) => [line.bytes, Buffer.from(line.end)]))).toEqual(bytes);
  });

  it('passes its header on with each row, byte for byte, with the end that its lines are to have', async () => {
    const header = '\ufeffstream,type,"no\nte"\r\n';
    const lines = await linesOf(`${header}a,b,c\nd,e,f`, 'csv');
    expect(lines.map((line) => line.header?.toString())).toEqual([header, header]);
    expect(lines.map((line) => line.line)).toEqual([3, 4]);
  });

  it.each([
    ['a list nested deep', `a,MarketEntered,"${'['.repeat(100_000)}${']'.repeat(100_000)}"`, 'nested'],
    ['a list with a prototype in it', 'a,MarketEntered,"[{""__proto__"":1}]"', '__proto__'],
    ['what is no list', 'a,MarketEntered,[x', 'must hold a number'],
    ['text in a column without a name', 'a,MarketEntered,,x', 'column 4'],
    ['more cells than columns', 'a,MarketEntered,,,,x', 'header only'],
  ])('refuses %s', async (_, row, reason) => {
    const [line] = await linesOf(`stream,type,data.models,\n${row}\n`, 'csv');
    expect(reasonOf(line)).toContain(reason);
  });
});

describe('a table as a spreadsheet writes it', () => {
  const columns = [
    'Stream',
    'Type',
    'occurredOn',
    'Data.Market',
    'data.models',
    'data.threshold',
    'data.note',
    '',
    '',
  ];
  const cells = ['automaker-acme', 'TargetSet', '2026-01-15', 'NO', 'G6; "P7"', '', '', '', ''];
  const table = (separator: string, threshold: string, end = '\r\n') => {
    const quoted = (cell: string) =>
      cell.includes(separator) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
    const row = cells.with(5, threshold);
    return [columns, row].map((line) => line.map(quoted).join(separator) + end).join('');
  };
  const event = {
    stream: 'automaker-acme',
    type: 'TargetSet',
    occurredOn: '2026-01-15',
    data: { market: 'NO', threshold: 1234.5 },
  };

  it.each([
    ['commas', table(',', '1234.5')],
    ['a byte order mark and semicolons', `\ufeff${table(';', '1234,5')}`],
    ['semicolons and decimal points', table(';', '1234.5')],
    ['tabs', table('\t', '1234,5')],
    ['tabs in UTF-16, little end first', Buffer.from(`\ufeff${table('\t', '1234,5')}`, 'utf16le')],
    ['tabs in UTF-16, big end first', Buffer.from(`\ufeff${table('\t', '1234,5')}`, 'utf16le').swap16()],
    ['the line of Excel that names the separator', `sep=;\r\n${table(';', '1234,5')}`],
    ['ends of an old Mac', table(';', '1234,5', '\r')],
  ])('with %s is read, however it is cut into pieces', async (_, bytes) => {
    for (const size of [1, 3, 10_000]) {
      const [line, ...more] = await linesOf(bytes, 'csv', size);
      expect(more).toEqual([]);
      expect(eventOf(line)).toEqual({
        ...event,
        data: { market: 'NO', models: 'G6; "P7"', threshold: 1234.5 },
      });
    }
  });

  it('has lists as people write them, and the words of its own for yes and no', async () => {
    const header = 'stream;type;data.markets;data.roles';
    const rows = ['a;PartnerSigned;NO, SE;"importer;distributor"', 'a;PartnerSigned;"[""NO""]";importer'];
    const lines = await linesOf(`${header}\n${rows.join('\n')}\n`, 'csv');
    expect(lines.map((line) => eventOf(line)?.['data'])).toEqual([
      { markets: ['NO', 'SE'], roles: ['importer', 'distributor'] },
      { markets: ['NO'], roles: ['importer'] },
    ]);
  });

  it.each([
    ['1.234,5', ';'],
    ['1 234', ';'],
    ['1,234.5', ';'],
    ['ca. 5', ','],
  ])('says of %s what a number is', async (cell, separator) => {
    const [line] = await linesOf(
      ['stream', 'type', 'data.threshold'].join(separator) +
        `\n${['automaker-acme', 'TargetSet', cell.includes(separator) ? `"${cell}"` : cell].join(separator)}\n`,
      'csv',
    );
    expect(reasonOf(line)).toContain(`data.threshold is "${cell}"; it must hold a number without separators`);
  });

  it('may have blank cells after its last column', async () => {
    const [line] = await linesOf('stream,type,note,,\na,MarketEntered,x,,,,,\n', 'csv');
    expect(eventOf(line)).toMatchObject({ note: 'x' });
  });
});

describe('lines of JSON', () => {
  it('gives each line back byte for byte, with its end, whatever is wrong with it', async () => {
    const bytes = Buffer.from('\ufeff{"a":1}\r\n\n{"name":"Caf\xe9"}\nnot json\n[1]\n"x"\nnull', 'utf8');
    const latin = Buffer.concat([bytes, Buffer.from('\n{"name":"Caf\xe9"}', 'latin1')]);
    for (const size of [1, 5, 1000]) {
      const lines = await linesOf(latin, 'jsonl', size);
      expect(lines.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 7, 8]);
      const given = lines.flatMap((line) => [line.bytes, Buffer.from(line.line === 1 ? '\r\n\n' : line.end)]);
      expect(Buffer.concat(given)).toEqual(latin);
      expect(reasonOf(lines.at(-1))).toBe('is not valid UTF-8');
      expect(eventOf(lines[0])).toEqual({ a: 1 });
    }
  });

  it.each([
    ['at its top', '{"__proto__":{"type":"x"}}'],
    ['in its data', '{"data":{"__proto__":{}}}'],
    ['in a list', '{"evidence":[{"url":"x"},{"a":{"__proto__":1}}]}'],
    ['written with escapes', '{"\\u005f_proto__":1}'],
    ['in a CloudEvent', '{"specversion":"1.0","type":"market-expansion-tracker.X","data":{"__proto__":{}}}'],
  ])('refuses a prototype %s', async (_, text) => {
    expect(reasonOf((await linesOf(text))[0])).toContain('__proto__');
  });

  it.each(['[', '{"a":', '{"data":{"x":['])('refuses what is nested 100,000 deep: %s', async (open) => {
    const close = [...open].reverse().flatMap((each) => (each === '[' ? [']'] : each === '{' ? ['}'] : []));
    const [before, innermost] = ['{"b":' + open.repeat(100_000), open.endsWith(':') ? '1' : ''];
    const [line] = await linesOf(`${before}${innermost}${close.join('').repeat(100_000)}}`);
    expect(reasonOf(line)).toMatch(/nested deeper|more than 20000 values/);
  });

  it('refuses what holds more values than any event', async () => {
    const fields = Array.from({ length: 30_000 }, (_, index) => `"a${index}":1`);
    const many = ['0,', '{},', '[],', '"":1,'].map((each) => `{"data":[${each.repeat(300_000)}0]}`);
    for (const text of [`{${fields.join(',')}}`, `{"data":[${'0,'.repeat(30_000)}0]}`, ...many])
      expect(reasonOf((await linesOf(text))[0])).toContain('more than 20000 values');
  });

  it('holds an endless line only up to a limit, and go on after it', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"a":1}\n{"b":"');
      for (let count = 0; count < 400; count++) yield Buffer.alloc(64 * 1024, 120);
      for (let count = 0; count < 5000; count++) yield Buffer.from('y');
      yield Buffer.from('\n{"c":1}\n');
    }
    const lines: LedgerLine[] = [];
    for await (const line of readLedger(endless(), 'jsonl')) lines.push(line);
    expect(lines.map(({ line, bytes, content }) => [line, bytes.length, content.kind])).toEqual([
      [1, 7, 'event'],
      [2, 0, 'unreadable'],
      [3, 7, 'event'],
    ]);
  });
});

describe('a CloudEvent', () => {
  const cloudEvent = (data: object) =>
    JSON.stringify({
      specversion: '1.0',
      id: EVENT.id,
      source: '/x',
      type: 'market-expansion-tracker.MarketEntered',
      subject: 'automaker-acme',
      data: { occurredOn: '2025', data: { market: 'IS' }, ...data },
    });

  it.each(['stream', 'id', 'type', 'position', 'revision', 'recordedAt', 'recordedBy'])(
    'is refused where its data say %s, which its envelope says',
    async (name) => {
      const [line] = await linesOf(cloudEvent({ [name]: 'automaker-beta' }));
      expect(reasonOf(line)).toContain(`must not hold ${name}`);
    },
  );

  it('is of the stream, the type and the id of its envelope', async () => {
    const [line] = await linesOf(cloudEvent({ note: 'n' }));
    expect(eventOf(line)).toMatchObject({
      stream: 'automaker-acme',
      type: 'MarketEntered',
      id: EVENT.id,
      note: 'n',
    });
  });
});
