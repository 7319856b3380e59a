import type { FastifyReply } from 'fastify';
import type { HttpProblem } from './http-problem.js';

export const PROBLEM_JSON = 'application/problem+json';

/** The RFC 9457 document of a problem. `instance` is the path of the request. */
export function problemDocument(problem: HttpProblem, instance?: string): string {
  const { title, status } = problem;
  const standard = {
    type: `/problems/${problem.slug}`,
    title,
    status,
    detail: problem.details.detail,
    instance,
  };
  // Spread twice: first to set the order for readers, last so that an extension never replaces a standard
  // member.
  return JSON.stringify({ ...standard, ...problem.details, ...standard });
}

/** Sends a problem as the answer. */
export function sendProblem(reply: FastifyReply, problem: HttpProblem, url: string): void {
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('Cache-Control', 'no-store')
    .type(PROBLEM_JSON)
    // For text, Fastify would add a charset, which this media type does not have.
    .send(Buffer.from(problemDocument(problem, pathOf(url))));
}

/** The path of a request target. Answers and logs omit the query, because people paste keys into it. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
