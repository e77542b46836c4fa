import { defineConfig } from 'oxlint'
import { rooms, roomsBelow, roomsWithLexicons } from './rooms.config.ts'

const SDK = 'packages/sdk/src'

const TESTS = ['**/*.test.ts', '**/*.test-d.ts']

/** Files where audited code of others is bundled into the SDK at build time. */
const BUNDLED = '**/*.portable.ts'

/** Aborting rejects with the signal's own reason, whatever that is. */
const ABORT_REASONS = { allowThrowingAny: true, allowThrowingUnknown: true }

/** Everything is refused except `allowed`, in the syntax of .gitignore. */
const importOnly = (allowed: string[], message: string): ['error', object] => [
  'error',
  { patterns: [{ group: ['**', ...allowed.map((pattern) => `!${pattern}`)], message }] },
]

/** The imports of a room: its own files, the fronts of the rooms below, and what `extra` names. */
const roomImports = (room: string, ...extra: string[]): ['error', object] => {
  const others = roomsBelow(room).map((name) => `../${name}/index.ts`)
  if (roomsWithLexicons.includes(room)) others.push('../../lexicons/*.ts')
  return importOnly(
    ['./*.ts', '#*', ...others, ...extra],
    `${room}/ may import its own files and ${others.join(', ') || 'no other room'}; the SDK has no dependencies.`,
  )
}

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'vitest'],
  jsPlugins: ['./oxlint.plugin.ts'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['**/dist', '**/.tsc', 'packages/sdk/lexicons'],
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'import/no-duplicates': 'error',
    'import/no-mutable-exports': 'error',
    'no-implied-eval': 'error',
    'no-new-func': 'error',
    'prefer-const': 'error',
    'typescript/consistent-type-imports': ['error', { disallowTypeAnnotations: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': ['error', ABORT_REASONS],
    'typescript/prefer-promise-reject-errors': ['error', ABORT_REASONS],
    'typescript/return-await': 'error',
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
    'vitest/no-identical-title': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'house/linear-regexp': 'error',

    // A default that gathers the named exports, as of fast-check, is an idiom.
    'import/no-named-as-default-member': 'off',
    // A condition may have a part that stays the same in a loop.
    'no-unmodified-loop-condition': 'off',
    // A constructor that only narrows its options is there for its types.
    'no-useless-constructor': 'off',
    // The compiler sees a path without a return, and knows which switches are exhaustive.
    'typescript/consistent-return': 'off',
    // A type written out where it equals the default reads better than one left to be looked up.
    'typescript/no-unnecessary-type-arguments': 'off',
    // A parser that many formats share asserts the type of its answer once.
    'typescript/no-unnecessary-type-parameters': 'off',
    // What comes off the network is unknown: an assertion after a check gives it its type.
    'typescript/no-unsafe-type-assertion': 'off',
    // On an object of our own, which nobody else listens to, a handler is smaller.
    'unicorn/prefer-add-event-listener': 'off',
    // Hot code makes arrays of the length it knows.
    'unicorn/no-new-array': 'off',
  },
  overrides: [
    {
      // Tools find their configuration in a default export.
      files: ['**/*.config.ts', '*.plugin.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      // Its dependencies are installed on demand: without them, their types are errors to the linter, or
      // those of another version that a tool brought along.
      files: ['bench/**/*.ts'],
      rules: {
        'import/namespace': 'off',
        'typescript/no-redundant-type-constituents': 'off',
        'typescript/no-unnecessary-type-assertion': 'off',
      },
    },
    {
      // A test reads best whole: names and helpers stay where they are used.
      files: TESTS,
      rules: {
        'no-shadow': 'off',
        'typescript/consistent-type-imports': 'off',
        'unicorn/consistent-function-scoping': 'off',
      },
    },
    {
      files: [`${SDK}/**/*.ts`],
      excludeFiles: TESTS,
      rules: {
        'house/documented-exports': 'error',
        'house/optional-options': 'error',
        'no-console': 'error',
      },
    },
    {
      files: [`${SDK}/*.ts`],
      excludeFiles: TESTS,
      rules: {
        'no-restricted-imports': importOnly(
          [
            './*.ts',
            '#*',
            '../lexicons/*.ts',
            ...Object.keys(rooms).map((room) => `./${room}/index.ts`),
          ],
          'The facade imports rooms by their index.ts and generated lexicons; the SDK has no dependencies.',
        ),
      },
    },
    ...Object.keys(rooms).flatMap((room) => [
      {
        files: [`${SDK}/${room}/**/*.ts`],
        excludeFiles: [...TESTS, '**/*.node.ts', BUNDLED],
        rules: { 'no-restricted-imports': roomImports(room) },
      },
      {
        files: [`${SDK}/${room}/**/*.node.ts`],
        rules: { 'no-restricted-imports': roomImports(room, 'node:*') },
      },
      {
        files: [`${SDK}/${room}/${BUNDLED}`],
        rules: { 'no-restricted-imports': roomImports(room, '@noble/**') },
      },
    ]),
  ],
})
