import { isIP } from 'node:net';
import { isLoopback } from '../settings.js';
import { askOutside, type OutsideAnswer } from '../outbound/ask-outside.js';
import { bareHost } from '../outbound/guarded-lookup.js';
import { isPublicAddress } from '../outbound/public-addresses.js';

/** What became of a source. A server that lets programs in nowhere says nothing of its page: it is `refused`. */
export type SourceState = 'there' | 'moved' | 'gone' | 'refused' | 'failing' | 'unreachable';

export interface CheckedSource {
  readonly url: string;
  readonly state: SourceState;
  /** Of the last answer; absent where there was none. */
  readonly status?: number;
  /** Where it has moved for good. */
  readonly movedTo?: string;
  /** Why there was no answer. */
  readonly reason?: string;
}

const MOST_REDIRECTS = 5;
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Answers to programs, to strangers, or to too many questions. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 405, 406, 429, 451, 501]);

/**
 * Asks for a source by its address and tells whether it is still there. Nothing of the page is read. It goes to the public
 * internet alone, by http and https, also where it is sent on; to this machine only where the address itself says so.
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

/** Some servers answer HEAD otherwise than GET, so what it refuses is asked for once more. */
async function answerOf(at: string, asked: string, signal: AbortSignal): Promise<OutsideAnswer> {
  const url = allowed(at, asked);
  const request = { headers: HEADERS, policy: { allowsPrivate: false }, signal };
  const head = await askOutside(url, { ...request, method: 'HEAD' });
  return head.status < 400 ? head : askOutside(url, { ...request, method: 'GET' });
}

const HEADERS = { Accept: '*/*', 'User-Agent': 'Market-Expansion-Tracker-Sources' };

/** The address of a request. Throws where it is none that a source may have. */
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
