import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { isLoopback, type Settings } from '../settings.js';
import { UnknownHost } from '../problems/access-problems.js';

type HostSettings = Pick<Settings, 'host' | 'openReading' | 'allowedHosts'>;

/** Name and port of an authority; an IPv6 address stands in brackets. */
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]+?)\.?(?::(\d{1,5}))?$/;

/**
 * Refuses requests under a name that is not this server's. A page of a foreign name can be made to lead here (DNS
 * rebinding) and is then of the same origin as we are, so that nothing but the name tells it apart.
 *
 * Under loopback's own names the server always answers. Where it listens on loopback, or reading needs no key, all other
 * names have to be allowed; elsewhere they have to be once any is, because a foreign page holds no key. An address is no
 * name that could be made to lead elsewhere.
 */
export function checkHosts(fastify: FastifyInstance, settings: HostSettings): void {
  const isKnown = knownHosts(settings);
  fastify.addHook('onRequest', (request, _reply, done) => {
    // A proxy that is trusted tells the name that it was asked by; the one in the request itself is checked all the same,
    // because a page can add headers to what it asks, but not change that one.
    const names = [...hostsIn(request.raw.rawHeaders), request.host, ...nameInTarget(request.url)];
    const foreign = names.find((name) => name !== '' && !isKnown(name));
    if (foreign === undefined) done();
    else
      done(
        new UnknownHost({
          detail: `"${foreign}" is not a name of this server. Whoever runs it allows names with ALLOWED_HOSTS.`,
        }),
      );
  });
}

/** All that a request says of its host: names and values stand by turns. */
const hostsIn = (headers: readonly string[]): string[] =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === 'host');

/** A request may name the server in its target, which then counts more than the header: `GET http://evil.com/ HTTP/1.1`. */
const nameInTarget = (target: string): string[] => {
  const name = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(target)?.[1];
  return name === undefined ? [] : [name];
};

function knownHosts({ host, openReading, allowedHosts }: HostSettings): (authority: string) => boolean {
  const isLocal = isLoopback(host);
  const isAnyKnown =
    allowedHosts === undefined ? !isLocal && !openReading : allowedHosts.some((each) => each === '*');
  const allowed = (allowedHosts ?? []).map((each) => each.toLowerCase());
  const own = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return (authority) => {
    const [, name, port] = AUTHORITY.exec(authority.toLowerCase()) ?? [];
    if (name === undefined) return false;
    if (isAnyKnown || isLoopback(name) || name === own.toLowerCase()) return true;
    if (!isLocal && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
    return allowed.some((each) =>
      each.startsWith('.') ? `.${name}`.endsWith(each) : each === name || each === `${name}:${port ?? ''}`,
    );
  };
}
