import type { FastifyRequest } from 'fastify';

/**
 * Whether the request's route belongs to the API. It checks the route template, because a path can be written
 * in several ways.
 */
export const isOfApi = (request: FastifyRequest): boolean =>
  request.routeOptions.url?.startsWith('/api/') === true;
