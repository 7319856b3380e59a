import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';
import { pathOf, sendProblem } from './problem-response.js';
import type { HttpProblem } from './http-problem.js';
import { InternalError } from './server-problems.js';

/** What the filter needs to know about its server. */
export interface ProblemFilterOptions {
  /** The methods that a path allows, for 405. */
  readonly methodsOf: (path: string) => readonly string[];
  /** Renders a problem as a page. */
  readonly pageOf: (problem: HttpProblem, request: FastifyRequest, reply: FastifyReply) => string;
}

/** Answers every error as `application/problem+json` (RFC 9457), and logs unexpected ones. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly options: ProblemFilterOptions) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers errors that Fastify raises before Nest takes part. */
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
    // A stream that fails midway can only be cut off, because its status has already been sent.
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else if (wantsPage(request)) sendPage(reply, problem, this.options.pageOf(problem, request, reply));
    else sendProblem(reply, problem, request.url);
  }
}

/** HTML is among what is asked for, and not by a weight of 0, which says that it is not (RFC 9110, 12.4.2). */
const TAKES_HTML = /(?:^|,)\s*text\/html\s*(?:;(?!\s*q=0(?:\.0{0,3})?\s*(?:[,;]|$))[^,;]*)*(?:,|$)/i;

/** Whether a browser requests something outside the API. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && TAKES_HTML.test(headers.accept ?? '');
}

function sendPage(reply: FastifyReply, problem: HttpProblem, html: string): void {
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('Cache-Control', 'no-store')
    // With this policy, browsers name the page's origin when its form is sent, so that the typed input can be
    // submitted again from here.
    .header('Referrer-Policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(html);
}
