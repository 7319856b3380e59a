/** Options of a connection string that the client understands, without the one that makes it swallow conflicts. */
const OPTIONS = new Set(
  [
    'tls',
    'tlsVerifyCert',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
    'nodePreference',
    'maxDiscoverAttempts',
    'discoveryInterval',
    'gossipTimeout',
    'defaultDeadline',
    'keepAliveInterval',
    'keepAliveTimeout',
    'connectionName',
  ].map((option) => option.toLowerCase()),
);

const HOST = String.raw`(?:[A-Za-z0-9._-]+)(?::\d{1,5})?`;
const SHAPE = new RegExp(
  String.raw`^(?:kurrentdb|esdb)(?:\+discover)?://(?<credentials>.+@)?${HOST}(?:,${HOST})*/?(?:\?(?<options>.*))?$`,
);

/**
 * What is wrong with a KurrentDB connection string, as the end of a sentence, or undefined where it can be used. Says
 * nothing of what the string holds, which may be a password; the client's own messages do.
 */
export function connectionStringFault(url: string): string | undefined {
  const found = SHAPE.exec(url)?.groups;
  if (!found)
    return 'must be a connection string, such as kurrentdb://user:password@host:2113 or kurrentdb://localhost:2113?tls=false';
  const { credentials, options = '' } = found;
  // The client cuts a password off at a second colon and a user name at the first @, without a word.
  if (credentials !== undefined && !/^[^:@/?#\s]+:[^:@/?#\s]+@$/.test(credentials))
    return 'must have its credentials as user:password@, with : @ / ? # in them percent-encoded';
  for (const option of options === '' ? [] : options.split('&')) {
    const name = option.split('=', 1)[0] ?? '';
    if (name.toLowerCase() === 'throwonappendfailure')
      return 'must not set throwOnAppendFailure: a conflict that is not thrown would be taken for success';
    if (!OPTIONS.has(name.toLowerCase()) || !/^[^=]+=[^=?]+$/.test(option))
      return 'has an option that the client does not know or that has no value; see docs/server-tier.md';
  }
  return undefined;
}

/** Whether the string has credentials that the client will not send, because the connection is not encrypted. */
export function credentialsAreIgnored(url: string): boolean {
  return /\/\/.+@/.test(url) && /[?&]tls=false(&|$)/i.test(url);
}

/** The credentials of a connection string, decoded. */
export function credentialsOf(
  url: string,
): { readonly username: string; readonly password: string } | undefined {
  const found = /\/\/([^:@/]+):([^:@/]+)@/.exec(url);
  return found?.[1] === undefined || found[2] === undefined
    ? undefined
    : { username: decodeURIComponent(found[1]), password: decodeURIComponent(found[2]) };
}

const KEEP_ALIVE_TIMEOUT = /([?&]keepAliveTimeout=)(-?\d+)/i;
/** The client's default, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;
/** For "never": the longest that a timer of Node can wait is little more. */
const NEVER_MS = 2_000_000_000;

/**
 * The connection string for the n-th client of a process, which waits n milliseconds longer for the answer to a
 * keep-alive. Clients with the same options share one connection in grpc-js, so that a new client would be stuck on the
 * connection of the one that it replaces.
 */
export function ownConnection(url: string, n: number): string {
  const given = Number(KEEP_ALIVE_TIMEOUT.exec(url)?.[2] ?? KEEP_ALIVE_MS);
  const timeout = `keepAliveTimeout=${(given < 0 ? NEVER_MS : given) + n}`;
  if (KEEP_ALIVE_TIMEOUT.test(url)) return url.replace(/keepAliveTimeout=-?\d+/i, timeout);
  return url + (url.includes('?') ? '&' : '?') + timeout;
}
