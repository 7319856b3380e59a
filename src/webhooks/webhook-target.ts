import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { InvalidRequest } from '../problems/request-problems.js';
import { isLoopback } from '../settings.js';
import { isPublicAddress } from './public-addresses.js';

/** Where webhooks may go. */
export interface TargetPolicy {
  /** Also addresses of private networks. */
  readonly allowsPrivate: boolean;
}

/** The target resolves to an address that webhooks may not go to. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
}

const LONGEST = 2000;

/** The URL of a receiver: https, or http on this machine. Throws InvalidRequest. */
export function targetFrom(text: string, { allowsPrivate }: TargetPolicy): URL {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  if (!url) throw wrong('must be a URL such as https://receiver.example.org/tracker');
  if (url.username !== '' || url.password !== '') throw wrong('must not hold a user or a password');
  const isHere = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw wrong('must be https, or http to this machine');
  const bare = bareHost(url);
  if (!isHere && !allowsPrivate && isIP(bare) !== 0 && !isPublicAddress(bare)) throw wrong(NOT_PUBLIC);
  return url;
}

const NOT_PUBLIC =
  'must not lead into a private network; WEBHOOK_PRIVATE_TARGETS=true on the server allows that';

const wrong = (message: string): InvalidRequest => new InvalidRequest([{ field: 'url', message }]);

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
