import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOfApi } from '../access/is-of-api.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { Clock } from '../clock/clock.js';
import { ReadModel } from '../read-model/read-model.js';

/** An answer as it goes out. */
export interface RenderedAnswer {
  readonly body: Buffer;
  readonly etag: string;
}

/** What kept answers follow from, besides their URLs. */
export interface CacheVersion {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
  readonly day: string;
}

/** Of answers and addresses together. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A larger answer would push out too many others. */
const LARGEST = MOST_BYTES / 16;
/** Longer addresses are padded, or asked once: they are answered, and not kept. */
const LONGEST_ADDRESS = 500;
/** What an entry takes besides its body and address, about. */
const BYTES_AN_ENTRY = 500;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers that follow from their URL, the stored views and the day alone, kept until something is recorded or the day ends. */
@Injectable()
export class ResponseCache {
  private readonly kept = new Map<string, RenderedAnswer>();
  private bytes = 0;
  private stands: CacheVersion | undefined;

  constructor(
    private readonly views: ReadModel,
    private readonly clock: Clock,
  ) {}

  /** What answers rest on that are worked out from now on. */
  get standing(): CacheVersion | undefined {
    return this.stands;
  }

  /** The answer to a URL that still holds. */
  find(url: string): RenderedAnswer | undefined {
    if (this.hasNews()) {
      this.stands = this.now();
      this.kept.clear();
      this.bytes = 0;
    }
    return this.kept.get(url);
  }

  /** What the kept answers and their addresses take. */
  get size(): number {
    return this.bytes;
  }

  /**
   * Keeps an answer that was worked out on a standing, unless something was recorded meanwhile: it may be of before or
   * after it. Those kept for longest make room for it.
   */
  keep(url: string, answer: RenderedAnswer, standing: CacheVersion | undefined): void {
    if (standing !== this.stands || this.hasNews()) return;
    const bytes = bytesOf(url, answer);
    if (url.length > LONGEST_ADDRESS || bytes > LARGEST) return;
    this.forget(url);
    for (const oldest of this.kept.keys()) {
      if (this.bytes + bytes <= MOST_BYTES) break;
      this.forget(oldest);
    }
    this.kept.set(url, answer);
    this.bytes += bytes;
  }

  private forget(url: string): void {
    const answer = this.kept.get(url);
    if (!answer) return;
    this.kept.delete(url);
    this.bytes -= bytesOf(url, answer);
  }

  private now(): CacheVersion {
    const { rows, status } = this.views;
    return { rows, position: status.position, parked: status.parked, day: dayOf(this.clock.now()) };
  }

  private hasNews(): boolean {
    const { rows, position, parked, day } = this.now();
    const then = this.stands;
    return (
      !then || then.rows !== rows || then.position !== position || then.parked !== parked || then.day !== day
    );
  }
}

/**
 * Answers what is kept to whoever may read, before the router's pipeline, which costs more than all the rest. Has to be called
 * after callers are noted. What needs a higher role than reading is never kept.
 */
export function answerWhatIsKept(fastify: FastifyInstance, cache: ResponseCache, openReading: boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const mayRead = !request.hasWrongKey && (openReading || request.principal !== null);
    const kept =
      mayRead && isOfApi(request) && request.method === 'GET' ? cache.find(request.url) : undefined;
    if (kept) void reply.send(answered(kept, request, reply));
    else done();
  });
}

/** Addresses take two bytes a character at most. */
const bytesOf = (url: string, { body }: RenderedAnswer): number =>
  body.length + 2 * url.length + BYTES_AN_ENTRY;

/** An answer as JSON, with its ETag. */
export function rendered(answer: object): RenderedAnswer {
  const body = Buffer.from(JSON.stringify(answer));
  // Weak: compressed or not, it is the same answer.
  return { body, etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

/** What to send of an answer: nothing where the client has it already. Sets status and headers. */
export function answered(
  { body, etag }: RenderedAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): Buffer | undefined {
  void reply.header('ETag', etag).header('Cache-Control', 'no-cache');
  if (isHeld(etag, request.headers['if-none-match'])) {
    void reply.status(304);
    return undefined;
  }
  void reply.header('Content-Type', JSON_TYPE);
  return body;
}

/** Whether a client has an answer already. Weak comparison (RFC 9110 §13.1.2). */
export function isHeld(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag.slice(2));
}
