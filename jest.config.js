/** Runs tests as ES modules: swc compiles them, Node loads them. */
export default {
  testEnvironment: 'node',
  // Generous, so that other load on the machine does not fail a test. On servers, each command of a test connects anew.
  testTimeout: process.env['TIER'] === undefined ? 30_000 : 120_000,
  // A worker process keeps everything that a test file has loaded, so it is replaced once its memory exceeds
  // this.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  // If a server resets the last idle connection of the KurrentDB client while it closes, the test process
  // keeps a socket that never ends.
  forceExit: true,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
    '^.+\\.tsx$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
