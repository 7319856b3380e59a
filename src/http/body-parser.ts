import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { repeatedName } from '../domain/ledger/repeated-name.js';
import {
  InvalidRequest,
  MalformedJson,
  NotUtf8,
  UnsupportedMediaType,
} from '../problems/request-problems.js';

/** Reads JSON bodies up to a limit. Any other media type gives 415. */
export function useJsonBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  app.useBodyParser('application/json', { bodyLimit }, (request: FastifyRequest, body: Buffer, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      throw new UnsupportedMediaType({
        detail: `Content-Encoding "${encoding}" is not read here. Send it plain.`,
      });
    }
    done(null, parseJsonBody(body));
  });
}

/**
 * Parses a JSON body. Throws a Problem when the bytes are not UTF-8, the text is not JSON, a key is
 * `__proto__`, or an object has the same key twice.
 */
function parseJsonBody(body: Buffer): unknown {
  // Decoding would silently replace invalid bytes by U+FFFD and record wrong names.
  if (!isUtf8(body)) throw new NotUtf8(firstWrongByte(body));
  const text = withoutByteOrderMark(body.toString('utf8'));
  if (text.trim() === '') throw new MalformedJson({ detail: 'The body is empty.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(error, text);
  }
  const twice = repeatedName(text, namesIn(value));
  if (twice !== undefined)
    throw new InvalidRequest([{ field: twice, message: 'is said twice: say it once' }]);
  return value;
}

/**
 * The number of keys in all objects of a value. Throws a Problem for the key `__proto__`, which is harmless
 * only until somebody copies it.
 */
function namesIn(value: unknown): number {
  let names = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) {
      throw new InvalidRequest([{ field: '__proto__', message: 'is not a known field' }]);
    }
    const contents = Object.values(next);
    if (!Array.isArray(next)) names += contents.length;
    for (const content of contents) waiting.push(content);
  }
  return names;
}

function malformed(error: unknown, text: string): MalformedJson {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return malformedAt(Number(position), text);
  if (message.includes('end of JSON input')) {
    return new MalformedJson({ detail: 'The body ends in the middle of a value.' });
  }
  // For some errors, V8 reports the surrounding text instead of the position.
  return new MalformedJson({ detail: `${message}.` });
}

function malformedAt(position: number, text: string): MalformedJson {
  const before = text.slice(0, position).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  if (position >= text.length) {
    return new MalformedJson({ detail: 'The body ends in the middle of a value.', line, column });
  }
  const found = JSON.stringify([...text.slice(position, position + 2)][0] ?? '');
  return new MalformedJson({
    detail: `${found} is not expected at line ${line}, column ${column}.`,
    line,
    column,
  });
}

function firstWrongByte(body: Buffer): number {
  const mended = Buffer.from(body.toString('utf8'));
  for (let at = 0; at < body.length; at += 1) if (body[at] !== mended[at]) return at;
  return body.length;
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
