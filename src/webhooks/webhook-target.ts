import { isIP } from 'node:net';
import { bareHost, type TargetPolicy } from '../outbound/guarded-lookup.js';
import { isPublicAddress } from '../outbound/public-addresses.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { isLoopback } from '../settings.js';

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
