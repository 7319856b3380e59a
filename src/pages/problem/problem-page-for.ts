import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayOf } from '../../domain/ledger/edtf.js';
import type { Problem } from '../../problems/http-problem.js';
import { visitOf } from '../page-context-of.js';
import { renderProblem } from './problem-page.js';

/** A problem as a page, for a request that no page answers. */
export function problemPageFor(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
  return renderProblem(problem, visitOf(request, reply, dayOf(new Date().toISOString())));
}
