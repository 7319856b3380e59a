import { InvalidSettings, isLoopback, settingsFrom } from '../src/settings.js';

function wrong(env: Record<string, string>): readonly { variable: string; message: string }[] {
  try {
    settingsFrom(env);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.wrong;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('need nothing from the environment', () => {
    expect(settingsFrom({})).toEqual({
      dataDir: './data/store',
      host: '127.0.0.1',
      port: 3000,
      bodyLimit: 1_048_576,
      rateLimit: 6000,
      openReading: true,
      trustProxy: false,
      logLevel: 'info',
      logPretty: false,
      requestTimeout: 300_000,
      trustClock: false,
      minPositionWaitMs: 5000,
      kurrentdbMaxAppend: 1_048_576,
      kurrentdbStreamPrefix: '',
      webhookPrivateTargets: false,
      stateCache: 167_772_160,
    });
  });

  it('take every variable, and sizes with units', () => {
    const env = {
      DATA_DIR: '/srv',
      HOST: '0.0.0.0',
      PORT: '0',
      BODY_LIMIT: '2MiB',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
    };
    const more = {
      LOG_PRETTY: 'yes',
      REQUEST_TIMEOUT: '5000',
      KURRENTDB_URL: 'kurrentdb://ledger:secret@one:2113,two:2113',
      KURRENTDB_MAX_APPEND: '4MiB',
      KURRENTDB_STREAM_PREFIX: 'tracker-2.',
      MIN_POSITION_WAIT_MS: '0',
      STATE_CACHE: '1GiB',
      WEBHOOK_PRIVATE_TARGETS: 'yes',
      OPEN_READING: 'true',
      ALLOWED_HOSTS: 'tracker.example.org, .internal:3000',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      POSTGRES_URL: 'postgres://tracker:secret@db.example:5432/tracker',
      TRUST_CLOCK: 'true',
    };
    expect(settingsFrom({ ...env, ...more })).toEqual({
      dataDir: '/srv',
      host: '0.0.0.0',
      port: 0,
      bodyLimit: 2_097_152,
      rateLimit: 0,
      openReading: true,
      allowedHosts: ['tracker.example.org', '.internal:3000'],
      trustProxy: ['10.0.0.0/8', '::1'],
      logLevel: 'warn',
      logPretty: true,
      requestTimeout: 5000,
      trustClock: true,
      minPositionWaitMs: 0,
      postgresUrl: 'postgres://tracker:secret@db.example:5432/tracker',
      kurrentdbUrl: 'kurrentdb://ledger:secret@one:2113,two:2113',
      kurrentdbMaxAppend: 4_194_304,
      kurrentdbStreamPrefix: 'tracker-2.',
      webhookPrivateTargets: true,
      stateCache: 1_073_741_824,
    });
  });

  it('open reading on loopback only, unless told', () => {
    expect(settingsFrom({ HOST: '0.0.0.0' }).openReading).toBe(false);
    expect(settingsFrom({ HOST: '::1' }).openReading).toBe(true);
    expect(settingsFrom({ HOST: '127.0.0.1', OPEN_READING: 'false' }).openReading).toBe(false);
    expect(isLoopback('127.evil.example')).toBe(false);
  });

  it('treat an empty variable as unset', () => {
    expect(settingsFrom({ PORT: '', OPEN_READING: ' ' }).port).toBe(3000);
  });

  it.each([
    ['PORT', '70000', 'a port'],
    ['PORT', '3e3', 'a port'],
    ['BODY_LIMIT', '1 potato', 'a size'],
    ['RATE_LIMIT', '-1', 'requests a minute'],
    ['OPEN_READING', 'perhaps', 'true or false'],
    ['LOG_LEVEL', 'loud', 'one of trace'],
    ['REQUEST_TIMEOUT', '30s', 'milliseconds'],
    ['MIN_POSITION_WAIT_MS', '999999', 'milliseconds'],
  ])('name %s where it is %s, and say how to mend it', (variable, value, hint) => {
    expect(wrong({ [variable]: value })).toEqual([
      { variable, message: expect.stringContaining(`is "${value}"; it must be`) as string },
    ]);
    expect(wrong({ [variable]: value })[0]?.message).toContain(hint);
  });

  it.each(['mysql://u:secret@h/d', 'postgres://u:secret@h', 'postgres://u:secret@h:5432/', 'secret'])(
    'do not repeat the password of a POSTGRES_URL that is wrong: %s',
    (value) => {
      expect(wrong({ POSTGRES_URL: value })).toEqual([
        {
          variable: 'POSTGRES_URL',
          message: expect.stringContaining('it must be a URL with a host') as string,
        },
      ]);
      expect(wrong({ POSTGRES_URL: value })[0]?.message).not.toContain('secret');
    },
  );

  it('do not repeat a connection string that may hold a password', () => {
    const [one] = wrong({ KURRENTDB_URL: 'kurrentdb://ledger:sec:ret@host' });
    expect(one?.message).toContain('percent-encoded');
    expect(one?.message).not.toContain('ret@');
  });

  it.each(['$tracker-', 'a b-', 'automaker-', 'my-market-', '-a', 'x'.repeat(101)])(
    'refuse a prefix that no streams can have, or with which ledgers could not be told apart: %s',
    (value) => {
      expect(wrong({ KURRENTDB_STREAM_PREFIX: value })).toMatchObject([
        { variable: 'KURRENTDB_STREAM_PREFIX', message: expect.stringContaining('such as tracker-') },
      ]);
    },
  );

  it('name all wrong variables at once', () => {
    expect(() => settingsFrom({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT is "x"[^]*LOG_LEVEL is "y"/);
  });
});

describe('TRUST_PROXY', () => {
  it.each([
    ['false', false],
    ['0', false],
    // Only the connecting proxy is trusted, and no address before it.
    ['true', 1],
    ['1', 1],
    ['2', 2],
    ['loopback', ['loopback']],
    ['10.0.0.0/8,fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
  ])('%s means %j', (text, trustProxy) => {
    expect(settingsFrom({ TRUST_PROXY: text })).toMatchObject({ trustProxy });
  });

  it.each([
    '11',
    '-1',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0',
    'constructor',
    '10.0.0.1,',
    '::1/129',
    '10.0.0.0/8/8',
  ])('%s is refused with what to write', (text) => {
    expect(wrong({ TRUST_PROXY: text })).toEqual([
      { variable: 'TRUST_PROXY', message: expect.stringContaining('such as 10.0.0.0/8,::1') as string },
    ]);
  });
});

describe('ALLOWED_HOSTS', () => {
  it.each(['https://tracker.example.org', 'a.example/path', 'a b', 'a.example,', '-', '*.example.org'])(
    '%s is refused with what to write',
    (text) => {
      expect(wrong({ ALLOWED_HOSTS: text })).toEqual([
        {
          variable: 'ALLOWED_HOSTS',
          message: expect.stringContaining('such as tracker.example.org') as string,
        },
      ]);
    },
  );
});
