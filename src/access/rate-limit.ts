import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearer } from './access-guard.js';
import { TooManyRequests } from './access-problems.js';

/** Clients remembered at once. The one not seen for longest is forgotten first. */
const CLIENTS = 10_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set for probes, which must not be refused because somebody else behind their address is busy. */
    unlimited?: boolean;
  }
}

/**
 * Refuses clients that ask too often, before their bodies are read. A genuine key counts by itself, all else by
 * address: a made-up key must not open an account of its own. Has to be awaited before hooks that may be expensive.
 */
export async function limitRequests(
  fastify: FastifyInstance,
  perMinute: number,
  knownKey: (key: string) => string | undefined,
): Promise<void> {
  if (perMinute === 0) return;
  await fastify.register(rateLimit, {
    // By itself it would count routes only; as a hook it counts requests for unknown ones too.
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: CLIENTS,
    allowList: (request) => request.routeOptions.config.unlimited === true,
    keyGenerator: (request) => clientOf(request, knownKey),
    errorResponseBuilder: (_request, { max, ttl }) => new TooManyRequests(max, Math.ceil(ttl / 1000)),
  });
  fastify.addHook('onRequest', fastify.rateLimit());
}

function clientOf(request: FastifyRequest, knownKey: (key: string) => string | undefined): string {
  const key = bearer(request.headers.authorization);
  return (key === undefined ? undefined : knownKey(key)) ?? networkOf(request.ip);
}

/** Who has an IPv6 address has 2^64 of them. */
function networkOf(ip: string): string {
  return ip.includes(':') && !ip.includes('.') ? ip.split(':', 4).join(':') : ip;
}
