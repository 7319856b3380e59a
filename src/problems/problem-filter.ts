import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';
import { pathOf, sendProblem } from './problem-response.js';
import type { HttpProblem } from './http-problem.js';
import { InternalError } from './server-problems.js';

/** What the filter has to know of the server that it answers for. */
export interface ProblemFilterOptions {
  /** The methods that a path answers, for 405. */
  readonly methodsOf: (path: string) => readonly string[];
  /** Renders a problem for somebody who looks for a page. */
  readonly pageOf: (problem: HttpProblem, request: FastifyRequest, reply: FastifyReply) => string;
}

/** Answers every error as `application/problem+json` (RFC 9457), and logs those that nobody foresaw. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly options: ProblemFilterOptions) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for errors that Fastify meets before Nest takes part. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(thrown, {
      id: request.id,
      method: request.method,
      url: request.url,
      contentType: request.headers['content-type'],
      unrouted: request.is404,
      bodyLimit: request.routeOptions.bodyLimit,
      allowed: () => this.options.methodsOf(pathOf(request.url)),
    });
    if (problem instanceof InternalError) {
      const { method, url, id } = request;
      const failure = { err: thrown, incident: id, method, path: pathOf(url) };
      request.log.error(failure, 'a request met an error that nobody foresaw');
    }
    // A stream that breaks half way can only be cut off: its status has been sent.
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else if (wantsPage(request)) sendPage(reply, problem, this.options.pageOf(problem, request, reply));
    else sendProblem(reply, problem, request.url);
  }
}

/** Whether a browser asks, for something outside the API. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && headers.accept?.includes('text/html') === true;
}

function sendPage(reply: FastifyReply, problem: HttpProblem, html: string): void {
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('Cache-Control', 'no-store')
    // A browser names a page that sends a form only where it may: what was typed can go on from here.
    .header('Referrer-Policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(html);
}
