import type { FastifyReply } from 'fastify';
import type { HttpProblem } from './http-problem.js';

export const PROBLEM_JSON = 'application/problem+json';

/** The RFC 9457 document of a problem. `instance` is the path that met it. */
export function problemDocument(problem: HttpProblem, instance?: string): string {
  const { title, status } = problem;
  const standard = {
    type: `/problems/${problem.slug}`,
    title,
    status,
    detail: problem.details.detail,
    instance,
  };
  // Named twice: first for the reader's sake, last so that an extension never replaces a standard member.
  return JSON.stringify({ ...standard, ...problem.details, ...standard });
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: HttpProblem, url: string): void {
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('Cache-Control', 'no-store')
    .type(PROBLEM_JSON)
    // To text Fastify would add a charset, which this media type does not have.
    .send(Buffer.from(problemDocument(problem, pathOf(url))));
}

/** The path of a request target. The query stays out of answers and logs: people paste keys into it. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
