/** Tests run as ES modules: swc compiles them, Node loads them. */
export default {
  testEnvironment: 'node',
  // Generous, because other work on a machine must not make a test fail.
  testTimeout: 30_000,
  // A process keeps all that the tests of a file have loaded, so each is ended for a new one once it holds that much.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  // A server that resets the last idle connection of the KurrentDB client while it closes leaves its process a socket that never ends.
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
