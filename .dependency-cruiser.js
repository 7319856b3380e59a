/**
 * Dependencies follow the path of a fact through the system, in one direction and without cycles. A folder
 * may import itself and the folders listed beside it, all of which are listed above it. A folder without a
 * line may import nothing.
 */
const MAY_IMPORT = {
  domain: [],
  postgres: [],
  'event-store': ['domain'],
  formats: ['domain'],
  problems: ['event-store', 'postgres'],
  settings: ['domain', 'event-store'],
  files: ['event-store', 'settings'],
  access: ['event-store', 'files', 'postgres', 'problems', 'settings'],
  'read-model': ['access', 'domain', 'event-store', 'files', 'postgres', 'problems'],
  clock: ['domain', 'problems', 'read-model', 'settings'],
  commands: ['access', 'clock', 'domain', 'event-store', 'formats', 'problems', 'settings'],
  api: ['access', 'clock', 'domain', 'problems', 'read-model', 'settings'],
  queries: ['access', 'api', 'clock', 'domain', 'event-store', 'formats', 'problems', 'read-model'],
  transparency: [
    'access',
    'api',
    'domain',
    'event-store',
    'files',
    'formats',
    'postgres',
    'problems',
    'queries',
  ],
  operations: [
    'access',
    'clock',
    'commands',
    'event-store',
    'files',
    'postgres',
    'problems',
    'read-model',
    'settings',
  ],
  snapshots: ['api', 'domain', 'files', 'problems', 'queries', 'transparency'],
  webhooks: ['access', 'clock', 'domain', 'event-store', 'formats', 'outbound', 'problems', 'settings'],
  outbound: ['settings'],
  'source-check': ['domain', 'event-store', 'outbound', 'settings'],
  feeds: ['access', 'api', 'domain', 'problems', 'queries'],
  pages: [
    'access',
    'api',
    'clock',
    'commands',
    'domain',
    'formats',
    'problems',
    'queries',
    'settings',
    'snapshots',
    'transparency',
  ],
  http: ['access', 'commands', 'domain', 'operations', 'pages', 'problems', 'settings'],
  // The files that compose the application may import everything; only these files may import them.
  'stores.module': [/.*/],
  'core.module': [/.*/],
  'app.module': [/.*/],
  server: [/.*/],
  'tier-migration': [
    'access',
    'domain',
    'event-store',
    'files',
    'read-model',
    'settings',
    'stores.module',
    'transparency',
  ],
  cli: [/.*/],
  main: [/.*/],
};

const part = (name) => `^src/${name.replace('.', '[.]')}(/|[.]tsx?$)`;
const parts = Object.keys(MAY_IMPORT);

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one: put what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'known-folder',
      comment: 'A new folder needs a line in .dependency-cruiser.js that says what it may import.',
      severity: 'error',
      from: { path: '^src/', pathNot: parts.map(part) },
      to: { path: '^src/' },
    },
    ...parts
      .filter((from) => MAY_IMPORT[from].every((to) => typeof to === 'string'))
      .map((from) => ({
        name: `inward-from-${from}`,
        comment: `src/${from} may import ${MAY_IMPORT[from].join(', ') || 'no other folder'}.`,
        severity: 'error',
        from: { path: part(from) },
        to: { path: '^src/', pathNot: [from, ...MAY_IMPORT[from]].map(part) },
      })),
    {
      name: 'pure-core',
      comment: 'The core depends on nothing but class-validator.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/', '^node_modules/class-validator/'] },
    },
    {
      name: 'tests-stay-out',
      comment: 'What is shipped imports nothing of the tests or the bench.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|data)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/pages/browser/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
