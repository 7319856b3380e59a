import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../settings.js';
import { isPublicAddress } from './public-addresses.js';

/** Which addresses outgoing requests may use. */
export interface TargetPolicy {
  /** Whether addresses of private networks are allowed. */
  readonly allowsPrivate: boolean;
}

/** The target resolves to a forbidden address. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
}

/** The host of a URL; an IPv6 address without its brackets. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Resolves a name when the connection is opened, and refuses it if any of its addresses is forbidden, so that
 * a name cannot change its address after the check.
 */
export function guardedLookup(url: URL, { allowsPrivate }: TargetPolicy): LookupFunction {
  const isHere = isLoopback(url.hostname);
  const isAllowed = ({ address }: LookupAddress): boolean =>
    isHere ? isLoopback(address) : allowsPrivate || isPublicAddress(address);
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const forbidden = error ? undefined : addresses.find((each) => !isAllowed(each));
      const [first] = error ? [] : addresses;
      if (error) callback(error, []);
      else if (forbidden || !first)
        callback(new ForbiddenTarget(`${hostname} leads to ${forbidden?.address ?? 'nowhere'}`), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
