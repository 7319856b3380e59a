import { PassThrough } from 'node:stream';
import { importBody, serverStops } from '../../src/commands/import/import-body.js';
import { importFormat, UnsupportedImport } from '../../src/commands/import/import-media-type.js';
import { HttpProblem } from '../../src/problems/http-problem.js';

async function textOf(body: PassThrough, stopping = new AbortController().signal): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of importBody(body, stopping)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** The problem with which a promise rejects. */
async function problemOf(promise: Promise<unknown>): Promise<HttpProblem> {
  const error = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof HttpProblem)) throw new Error('no problem', { cause: error });
  return error;
}

describe('the body of an import', () => {
  it('comes piece by piece to its end', async () => {
    const body = new PassThrough();
    const read = textOf(body);
    for (const piece of ['a', 'b\n', 'c']) {
      body.write(piece);
      await new Promise(setImmediate);
    }
    body.end();
    expect(await read).toBe('ab\nc');
  });

  it('ends with what to do where it is cut off', async () => {
    const body = new PassThrough();
    const read = textOf(body);
    body.write('a');
    await new Promise(setImmediate);
    body.destroy(new Error('aborted'));
    expect((await problemOf(read)).details.detail).toContain('goes on where it stopped');
    expect(await problemOf(textOf(body))).toMatchObject({ status: 400 });
  });

  it('ends where the server stops, although its sender waits, and leaves the sender its connection for the answer', async () => {
    const stopping = new AbortController();
    const body = new PassThrough();
    const read = textOf(body, stopping.signal);
    await new Promise(setImmediate);
    stopping.abort(serverStops());
    expect(await problemOf(read)).toMatchObject({ status: 503, slug: 'store-unavailable' });
    expect(body.destroyed).toBe(false);
    body.destroy();
  });

  it('is dropped to its end where the import ends early, so that its sender can read the answer', async () => {
    const body = new PassThrough({ highWaterMark: 10 });
    body.write('0123456789');
    for await (const piece of importBody(body, new AbortController().signal)) {
      expect(piece.toString()).toBe('0123456789');
      break;
    }
    const ended = new Promise((resolve) => body.once('end', resolve));
    for (let count = 0; count < 100; count++) body.write('0123456789');
    body.end();
    await ended;
  });
});

describe('the kind of body of an import', () => {
  it.each([
    ['text/csv', 'csv'],
    ['Text/CSV; charset="UTF-8"', 'csv'],
    ['application/x-ndjson', 'jsonl'],
    ['application/cloudevents+x-ndjson;charset=utf-8', 'jsonl'],
  ])('is told by its media type: %s', (type, format) => {
    expect(importFormat({ 'content-type': type, 'content-encoding': 'identity' })).toBe(format);
  });

  it.each([
    [{}, 'without Content-Type'],
    [{ 'content-type': 'application/json' }, 'application/json'],
    [{ 'content-type': 'text/csv; charset=windows-1252' }, 'windows-1252'],
    [{ 'content-type': 'text/csv', 'content-encoding': 'gzip' }, 'Content-Encoding "gzip"'],
  ])('is refused with what to send: %j', (headers, what) => {
    expect(() => importFormat(headers)).toThrow(UnsupportedImport);
    expect(() => importFormat(headers)).toThrow(what);
    expect(() => importFormat(headers)).toThrow('text/csv');
  });
});
