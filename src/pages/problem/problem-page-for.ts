import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayOf } from '../../domain/ledger/edtf.js';
import type { HttpProblem } from '../../problems/http-problem.js';
import { pageContextOf } from '../page-context-of.js';
import { renderProblem } from './problem-page.js';

/** A problem as a page, for a request that no page answers. */
export function problemPageFor(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply): string {
  return renderProblem(problem, pageContextOf(request, reply, dayOf(new Date().toISOString())));
}
