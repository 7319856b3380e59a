import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../settings.js';
import { isPublicAddress } from './public-addresses.js';

/** Where requests of this server may go. */
export interface TargetPolicy {
  /** Also addresses of private networks. */
  readonly allowsPrivate: boolean;
}

/** The target resolves to an address that requests may not go to. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
}

/** The host of a URL, an address of IPv6 without its brackets. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Looks a name up at the moment of the connection and refuses it where any of its addresses is not allowed, so that a
 * name cannot be made to lead elsewhere after it was checked.
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
