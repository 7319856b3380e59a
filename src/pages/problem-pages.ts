import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Unauthenticated } from '../problems/access-problems.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { Clock } from '../clock/clock.js';
import { problemOf } from '../problems/problem-of.js';
import { pathOf } from '../problems/problem-response.js';
import { InternalError } from '../problems/server-problems.js';
import { renderProblem } from './problem/problem-page.js';
import { addressOf } from './page-context.js';
import { pageContextOf } from './page-context-of.js';

/** Answers errors on pages with a page: what is wrong, and where to go from here. */
@Catch()
@Injectable()
export class ProblemPages implements ExceptionFilter {
  constructor(private readonly clock: Clock) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { id, method, url, headers } = request;
    if (thrown instanceof Unauthenticated) {
      const next = method === 'GET' ? url : undefined;
      void reply.status(303).header('Location', addressOf('/sign-in', { next })).send('');
      return;
    }
    const problem = problemOf(thrown, {
      id,
      method,
      url,
      contentType: headers['content-type'],
      unrouted: false,
      bodyLimit: request.routeOptions.bodyLimit,
      allowed: () => [],
    });
    if (problem instanceof InternalError) {
      const failure = { err: thrown, incident: id, method, path: pathOf(url) };
      request.log.error(failure, 'a page met an error that nobody foresaw');
    }
    const html = renderProblem(problem, pageContextOf(request, reply, dayOf(this.clock.now())));
    void reply
      .status(problem.status)
      .headers(problem.headers)
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  }
}
