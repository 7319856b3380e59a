import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * `pipe` of a stream emits the errors of one end where nobody listens, which ends the process; `pipeline`
 * does not. Calls with subscribables are not stream calls.
 */
const noPipe = {
  meta: { type: 'problem', messages: { pipe: 'Use pipeline of node:stream/promises: pipe loses errors.' } },
  create: (context) => ({
    'CallExpression > MemberExpression.callee[property.name="pipe"]': (member) => {
      const type = context.sourceCode.parserServices.getTypeAtLocation(member.object);
      if (!type.getProperty('subscribe')) context.report({ node: member.property, messageId: 'pipe' });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'data/store/', 'src/api/answer-schemas.ts'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { streams: { rules: { 'no-pipe': noPipe } } },
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'streams/no-pipe': 'error',
      // Nest's modules are classes that have only decorators.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // `throw` and `return` of void calls are readable in arrow functions.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Classes of declared fields and rows only describe shapes; the code passes plain objects of that
      // shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Definitions of event types are plain objects whose functions do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Some functions are async because of their interface: adapters and generators may have nothing to
      // await.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    ignores: ['src/cli/terminal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='write'][callee.object.object.name='process']",
          message: 'Texts may hold what a terminal obeys: say it with terminal.ts.',
        },
      ],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'queueMicrotask',
        'crypto',
        'performance',
        'globalThis',
        'Buffer',
        { name: 'WeakMap', message: 'The collector marks what it holds while everything waits: use Beside.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The core has no clock: take the day as a parameter.' },
        { object: 'Math', property: 'random', message: 'The core has no randomness.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The core has no clock: take the day as a parameter.',
        },
        {
          selector: "CallExpression[callee.name='Date']",
          message: 'The core has no clock: take the day as a parameter.',
        },
        { selector: 'ImportExpression', message: 'The core loads nothing while it runs.' },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'fetch', 'performance', 'crypto', 'setTimeout'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
);
