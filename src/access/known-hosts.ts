import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { isLoopback, type Settings } from '../settings.js';
import { UnknownHost } from '../problems/access-problems.js';

type HostSettings = Pick<Settings, 'host' | 'openReading' | 'allowedHosts'>;

/** Host and port of an authority. IPv6 addresses have brackets. */
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]+?)\.?(?::(\d{1,5}))?$/;

/**
 * Refuses requests for a host name that is not this server's. DNS rebinding can point a foreign name to this
 * server; its pages then have the same origin as the server, and only the name distinguishes them.
 *
 * Loopback names are always accepted. If the server listens on loopback, or reading needs no key, all other
 * names must be allowed explicitly. Otherwise names are only checked when some are configured, because a
 * foreign page has no key. IP addresses cannot be rebound.
 */
export function checkHosts(fastify: FastifyInstance, settings: HostSettings): void {
  const isKnown = knownHosts(settings);
  fastify.addHook('onRequest', (request, _reply, done) => {
    // A trusted proxy reports the requested name. The host of the request itself is checked too, because a
    // page can add headers but cannot change its host.
    const names = new Set([...hostsIn(request.raw.rawHeaders), request.host, ...nameInTarget(request.url)]);
    const foreign = [...names].find((name) => name !== '' && !isKnown(name));
    if (foreign === undefined) done();
    else
      done(
        new UnknownHost({
          detail: `"${foreign}" is not a name of this server. Whoever runs it allows names with ALLOWED_HOSTS.`,
        }),
      );
  });
}

/** All Host headers of a request. The raw list alternates names and values. */
const hostsIn = (headers: readonly string[]): string[] =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === 'host');

/** The host of an absolute request target, which overrides the header: `GET http://evil.com/ HTTP/1.1`. */
const nameInTarget = (target: string): string[] => {
  const name = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(target)?.[1];
  return name === undefined ? [] : [name];
};

function knownHosts({ host, openReading, allowedHosts }: HostSettings): (authority: string) => boolean {
  const isLocal = isLoopback(host);
  const isAnyKnown =
    allowedHosts === undefined ? !isLocal && !openReading : allowedHosts.some((each) => each === '*');
  const allowed = (allowedHosts ?? []).map((each) => each.toLowerCase());
  const own = (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host).toLowerCase();
  return (authority) => {
    const [, name, port] = AUTHORITY.exec(authority.toLowerCase()) ?? [];
    if (name === undefined) return false;
    if (isAnyKnown || name === own || isLoopback(name)) return true;
    if (!isLocal && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
    return allowed.some((each) =>
      each.startsWith('.') ? `.${name}`.endsWith(each) : each === name || each === `${name}:${port ?? ''}`,
    );
  };
}
