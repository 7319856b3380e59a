import { isIP } from 'node:net';
import { isLoopback } from '../settings.js';
import { askOutside, type OutsideAnswer } from '../outbound/ask-outside.js';
import { bareHost } from '../outbound/guarded-lookup.js';
import { isPublicAddress } from '../outbound/public-addresses.js';

/** The state of a source. `refused`: the server admits no programs, which says nothing of the page. */
export type SourceState = 'there' | 'moved' | 'gone' | 'refused' | 'failing' | 'unreachable';

export interface CheckedSource {
  readonly url: string;
  readonly state: SourceState;
  /** Status of the last response, if there was one. */
  readonly status?: number;
  /** The new address, if the source has moved permanently. */
  readonly movedTo?: string;
  /** Why there was no usable response. */
  readonly reason?: string;
}

const MOST_REDIRECTS = 5;
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Statuses that refuse programs, unauthenticated clients, or too many requests. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 405, 406, 429, 451, 501]);

/**
 * Requests the address of a source and tells whether it still exists, without reading the page. Every
 * request, redirects included, must go to the public internet by http or https. Only if the source's own
 * address is this machine may a request go there.
 */
export async function checkSource(url: string, signal: AbortSignal): Promise<CheckedSource> {
  let at = url;
  let movedTo: string | undefined;
  let isForGood = true;
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { status, location } = await answerOf(at, url, signal);
      if (status < 300 || status >= 400 || location === undefined)
        return { url, ...stateOf(status, movedTo), status };
      const next = URL.parse(location, at);
      if (!next) return { url, state: 'failing', status, reason: 'it is sent on to no address' };
      isForGood &&= PERMANENT.has(status);
      at = next.href;
      if (isForGood) movedTo = at;
    }
    return { url, state: 'failing', reason: `it is sent on more than ${MOST_REDIRECTS} times` };
  } catch (error) {
    return { url, state: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function stateOf(status: number, movedTo: string | undefined): { state: SourceState; movedTo?: string } {
  if (GONE.has(status)) return { state: 'gone' };
  if (REFUSED.has(status)) return { state: 'refused' };
  if (status < 200 || status >= 300) return { state: 'failing' };
  return movedTo === undefined ? { state: 'there' } : { state: 'moved', movedTo };
}

/** Some servers answer HEAD differently from GET, so a refused HEAD is repeated as GET. */
async function answerOf(at: string, asked: string, signal: AbortSignal): Promise<OutsideAnswer> {
  const url = allowed(at, asked);
  const request = { headers: HEADERS, policy: { allowsPrivate: false }, signal };
  const head = await askOutside(url, { ...request, method: 'HEAD' });
  return head.status < 400 ? head : askOutside(url, { ...request, method: 'GET' });
}

const HEADERS = { Accept: '*/*', 'User-Agent': 'Market-Expansion-Tracker-Sources' };

/** The URL of a request. Throws if a source may not have it. */
function allowed(at: string, asked: string): URL {
  const url = URL.parse(at);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Error('it is no address of the web');
  const isHere = isLoopback(url.hostname);
  const host = bareHost(url);
  const isPrivate = isHere
    ? !isLoopback(URL.parse(asked)?.hostname ?? '')
    : isIP(host) !== 0 && !isPublicAddress(host);
  if (isPrivate) throw new Error(`${host} is no address of the public internet`);
  return url;
}
