import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TooManyRequests } from '../problems/access-problems.js';

/** Clients remembered at once. The one not seen for longest is forgotten first. */
const CLIENTS = 10_000;
/** Who has an IPv6 address has 2^64 of them. */
const IPV6_SUBNET = 64;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set for probes, which must not be refused because somebody else behind their address is busy. */
    unlimited?: boolean;
  }
}

/** Who a request counts for: the key that it was made with, else its address. */
export const placeOf = ({ principal, ip }: FastifyRequest): string =>
  principal?.keyId ?? normalizeIP(ip, IPV6_SUBNET);

/**
 * Refuses clients that ask too often, before their bodies are read. A caller counts by the key, all else by address: a
 * made-up key must not open an account of its own, and a valid one must not suffer from who else is behind its address.
 * Has to be awaited, after callers are noted and before hooks that may be expensive.
 */
export async function limitRequests(fastify: FastifyInstance, perMinute: number): Promise<void> {
  if (perMinute === 0) return;
  await fastify.register(rateLimit, {
    // By itself it would count routes only; as a hook it counts requests for unknown ones too.
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
