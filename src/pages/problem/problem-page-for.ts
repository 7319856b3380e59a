import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayOf } from '../../domain/occurred-on.js';
import type { Problem } from '../../problems/problem.js';
import { visitOf } from '../visit-of.js';
import { renderProblem } from './problem-page.js';

/** A problem as a page, for a request that no page answers. */
export function problemPageFor(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
  return renderProblem(problem, visitOf(request, reply, dayOf(new Date().toISOString())));
}
