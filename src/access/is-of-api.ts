import type { FastifyRequest } from 'fastify';

/** Whether a route of the API answers. Its template tells, because a path can be written in several ways. */
export const isOfApi = (request: FastifyRequest): boolean =>
  request.routeOptions.url?.startsWith('/api/') === true;
