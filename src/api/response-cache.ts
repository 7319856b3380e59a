import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, isUnchanged } from './unchanged.js';
import { isReading } from './reading-methods.js';
import { isOfApi } from '../access/is-of-api.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { Clock } from '../clock/clock.js';
import { ReadModel } from '../read-model/read-model.js';

/** An answer ready to be sent. */
export interface RenderedAnswer {
  readonly body: Buffer;
  readonly etag: string;
}

/** The state on which cached answers depend besides their URLs. */
export interface CacheVersion {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
  readonly day: string;
}

/** Upper bound for the size of answers and URLs together. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A larger answer would displace too many others. */
const LARGEST = MOST_BYTES / 16;
/** Longer URLs are padded or used only once, so their answers are not cached. */
const LONGEST_ADDRESS = 500;
/** Approximate overhead of an entry, in addition to its body and URL. */
const BYTES_AN_ENTRY = 500;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Caches answers that depend only on URL, views and day, until an event is recorded or the day ends. */
@Injectable()
export class ResponseCache {
  private readonly kept = new Map<string, RenderedAnswer>();
  private bytes = 0;
  private stands: CacheVersion | undefined;

  constructor(
    private readonly views: ReadModel,
    private readonly clock: Clock,
  ) {}

  /** The state on which answers computed from now on are based. */
  get standing(): CacheVersion | undefined {
    return this.stands;
  }

  /** The cached answer to a URL, if it is still valid. */
  find(url: string): RenderedAnswer | undefined {
    if (this.hasNews()) {
      this.stands = this.now();
      this.kept.clear();
      this.bytes = 0;
    }
    return this.kept.get(url);
  }

  /** The size of the cached answers and their URLs in bytes. */
  get size(): number {
    return this.bytes;
  }

  /**
   * Caches an answer computed at the state `standing`, unless something was recorded meanwhile: then the
   * answer may be from before or after it. The oldest entries are evicted first.
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
 * Serves cached answers to everybody who may read, ahead of the router's pipeline, which costs more than all
 * the rest. Call it after the hook that identifies callers. Answers that need a higher role than reading are
 * never cached.
 */
export function answerWhatIsKept(fastify: FastifyInstance, cache: ResponseCache, openReading: boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const mayRead = !request.hasWrongKey && (openReading || request.principal !== null);
    const kept = mayRead && isOfApi(request) && isReading(request) ? cache.find(request.url) : undefined;
    if (kept) void reply.send(answered(kept, request, reply));
    else done();
  });
}

/** A character of a URL takes two bytes at most. */
const bytesOf = (url: string, { body }: RenderedAnswer): number =>
  body.length + 2 * url.length + BYTES_AN_ENTRY;

/** Renders an answer as JSON with an ETag. */
export function rendered(answer: object): RenderedAnswer {
  const body = Buffer.from(JSON.stringify(answer));
  return { body, etag: etagOf(body) };
}

/** Returns the body to send, or undefined if the client already has it. Sets status and headers. */
export function answered(
  { body, etag }: RenderedAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): Buffer | undefined {
  if (isUnchanged(request, reply, etag)) return undefined;
  void reply.header('Content-Type', JSON_TYPE);
  return body;
}
