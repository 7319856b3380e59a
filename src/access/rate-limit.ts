import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TooManyRequests } from '../problems/access-problems.js';

/** Maximum number of remembered clients. The least recently seen one is dropped first. */
const CLIENTS = 10_000;
/** An IPv6 user typically has a whole /64 network with 2^64 addresses. */
const IPV6_SUBNET = 64;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set for probes, which must not be refused because another client shares their address. */
    unlimited?: boolean;
  }
}

/** The identity for rate limits: the key of a request, otherwise its address. */
export const placeOf = ({ principal, ip }: FastifyRequest): string =>
  principal?.keyId ?? normalizeIP(ip, IPV6_SUBNET);

/**
 * Refuses too frequent requests before their bodies are read. Valid keys are counted by key, all other
 * requests by address: an invented key must not get its own quota, and a valid key must not suffer from
 * others at its address. Must be awaited, after callers are identified and before expensive hooks.
 */
export async function limitRequests(fastify: FastifyInstance, perMinute: number): Promise<void> {
  if (perMinute === 0) return;
  await fastify.register(rateLimit, {
    // The global mode would count only routes; a hook also counts requests for unknown paths.
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: CLIENTS,
    allowList: (request) => request.routeOptions.config.unlimited === true,
    keyGenerator: placeOf,
    errorResponseBuilder: (_request, { max, ttl }) => new TooManyRequests(max, Math.ceil(ttl / 1000)),
  });
  fastify.addHook('onRequest', fastify.rateLimit());
}
