import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, tap, type Observable } from 'rxjs';
import { isKeptUntilChange } from '../api/etag-interceptor.js';
import { isHeld, ResponseCache } from '../api/response-cache.js';
import { DeletedStreams } from '../queries/deleted-streams.js';

/** A page with a table asked for is a file. */
const FILE = /[?&](csv|xlsx)=/;

/**
 * Keeps the pages that whoever is not signed in asked for, until something is recorded or the day ends: where their controller
 * says that they follow from the views and the day alone.
 */
@Injectable()
export class KeptPages implements NestInterceptor {
  constructor(
    private readonly answers: ResponseCache,
    private readonly reflector: Reflector,
    private readonly deleted: DeletedStreams,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const isKept =
      request.method === 'GET' &&
      !request.principal &&
      !FILE.test(request.url) &&
      // What pages then say of it does not follow from the views.
      !this.deleted.areThere &&
      isKeptUntilChange(this.reflector, context, request.url);
    if (!isKept) return next.handle();
    // A page names its own address, with the host that it was asked at.
    const address = `page of ${request.protocol}://${request.host}${request.url}`;
    const kept = this.answers.find(address);
    if (kept) {
      sendAsPage(reply, 200);
      return of(isUnchanged(request, reply, kept.etag) ? undefined : kept.body);
    }
    const { standing } = this.answers;
    return next.handle().pipe(
      tap((html) => {
        const etag = reply.getHeader('ETag');
        if (typeof html === 'string' && typeof etag === 'string' && reply.statusCode === 200)
          this.answers.keep(address, { body: Buffer.from(html), etag }, standing);
      }),
    );
  }
}

/** The headers that every page goes out with. */
export function sendAsPage(reply: FastifyReply, status: number): void {
  void reply.type('text/html; charset=utf-8').status(status);
  // Other sites learn nothing of where a reader comes from; our own forms still say that they are ours.
  void reply.header('Referrer-Policy', 'same-origin');
  void reply.header('Cache-Control', 'no-cache').header('Vary', 'Cookie');
}

/** Whether the client has the page already: it is told so, and needs no body. */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  void reply.header('ETag', etag);
  if (!isHeld(etag, request.headers['if-none-match'])) return false;
  void reply.status(304);
  return true;
}
