import { expect, test } from 'vitest'
import { openWorkshop, type Workshop } from '../workshop.ts'

const SRC = 'packages/sdk/src'

// The linter's configuration as it is, over a few files of our own.
async function openFiles(files: Record<string, string>): Promise<Workshop> {
  const workshop = await openWorkshop()
  await workshop.linkModules()
  await workshop.copy('oxlint.config.ts', 'oxlint.plugin.ts', 'rooms.config.ts', 'package.json')
  await workshop.write({
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'NodeNext',
        target: 'ES2023',
        strict: true,
        allowImportingTsExtensions: true,
        noEmit: true,
        types: [],
      },
      include: ['packages'],
    }),
    ...files,
  })
  return workshop
}

interface Diagnostic {
  code: string
  filename: string
}

// Runs the linter over `packages`, as `file: rule` pairs.
async function lint(workshop: Workshop): Promise<{ exitCode: number | null; findings: string[] }> {
  const { exitCode, output } = await workshop.run('oxlint', '--format=json', 'packages')
  const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] }
  return { exitCode, findings: diagnostics.map(({ filename, code }) => `${filename}: ${code}`) }
}

const violations: [fact: string, file: string, source: string, rule: string][] = [
  [
    'a room that imports a room above it',
    `${SRC}/syntax/upward.ts`,
    `import { cid } from '../data/index.ts'\ncid()`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a room that imports only a type from above',
    `${SRC}/lexicon/upward.ts`,
    `export type { Client } from '../xrpc/index.ts'`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a room that loads the facade',
    `${SRC}/session/facade.ts`,
    `await import('../index.ts')`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a type imported in the middle of a line',
    `${SRC}/session/inline.ts`,
    `/** A type. */\nexport type Facade = import('../index.ts').Facade`,
    'typescript(consistent-type-imports)',
  ],
  [
    'an import past the front of another room',
    `${SRC}/data/deep.ts`,
    `import { digits } from '../base/digits.ts'\ndigits()`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a facade that imports past the front of a room',
    `${SRC}/deep.ts`,
    `import { digits } from './base/digits.ts'\ndigits()`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a dependency',
    `${SRC}/xrpc/dependency.ts`,
    `import { analyse } from 'scslre'\nanalyse({ source: '', flags: '' })`,
    'eslint(no-restricted-imports)',
  ],
  [
    'Node in portable code',
    `${SRC}/data/portable.ts`,
    `import { readFileSync } from 'node:fs'\nreadFileSync('')`,
    'eslint(no-restricted-imports)',
  ],
  [
    'bundled code outside the files that bundle it',
    `${SRC}/data/noble.ts`,
    `import { sha256 } from '@noble/hashes/sha2.js'\nsha256('')`,
    'eslint(no-restricted-imports)',
  ],
  [
    'a cycle of types',
    `${SRC}/base/cycle.ts`,
    `import type { B } from './cycle-back.ts'\n/** A. */\nexport interface A { b: B }`,
    'import(no-cycle)',
  ],
  [
    'a default export',
    `${SRC}/base/default.ts`,
    `/** One. */\nexport default 1`,
    'import(no-default-export)',
  ],
  [
    'an export without a docstring',
    `${SRC}/base/silent.ts`,
    `// One.\nexport const one = 1`,
    'house(documented-exports)',
  ],
  [
    'an option that does not take undefined',
    `${SRC}/base/wait-options.ts`,
    `/** How. */\nexport interface WaitOptions { signal?: AbortSignal }`,
    'house(optional-options)',
  ],
  [
    'the same in a type',
    `${SRC}/base/read-options.ts`,
    `/** How. */\nexport type ReadOptions = { limit?: number | string }`,
    'house(optional-options)',
  ],
  [
    'an expression that backtracks',
    `${SRC}/base/backtracking.ts`,
    `/** Trims. */\nexport const trim = (text: string) => text.replace(/\\s+$/, '')`,
    'house(linear-regexp)',
  ],
  [
    'code made of strings',
    `${SRC}/base/function.ts`,
    `/** One. */\nexport const one: unknown = new Function('return 1')`,
    'typescript(no-implied-eval)',
  ],
  [
    'an any',
    `${SRC}/base/any.ts`,
    `/** Any. */\nexport const any = (value: any): unknown => value`,
    'typescript(no-explicit-any)',
  ],
  [
    'a promise nobody waits for',
    `${SRC}/base/floating.ts`,
    `Promise.resolve(1)`,
    'typescript(no-floating-promises)',
  ],
  [
    'a promise taken for a boolean',
    `${SRC}/base/misused.ts`,
    `if (Promise.resolve(false)) Object.freeze({})`,
    'typescript(no-misused-promises)',
  ],
  [
    'an await of what is no promise',
    `${SRC}/base/await.ts`,
    `await 1`,
    'typescript(await-thenable)',
  ],
  [
    'a switch that forgets a case',
    `${SRC}/base/switch.ts`,
    `/** Name. */\nexport function name(letter: 'a' | 'b'): void {\n  switch (letter) {\n    case 'a':\n  }\n}`,
    'typescript(switch-exhaustiveness-check)',
  ],
  [
    'an assertion of what is so already',
    `${SRC}/base/assertion.ts`,
    `/** Same. */\nexport const same = (text: string): string => text as string`,
    'typescript(no-unnecessary-type-assertion)',
  ],
  [
    'a test that runs alone',
    `${SRC}/base/only.test.ts`,
    `import { expect, test } from 'vitest'\ntest.only('is one', () => expect(1).toBe(1))`,
    'vitest(no-focused-tests)',
  ],
  [
    'a promise nobody waits for in a test',
    `${SRC}/base/floating.test.ts`,
    `Promise.resolve(1)`,
    'typescript(no-floating-promises)',
  ],
  [
    'a file name in capitals',
    `${SRC}/base/CamelCase.ts`,
    `/** One. */\nexport const one = 1`,
    'unicorn(filename-case)',
  ],
  [
    'an exemption that exempts nothing',
    `${SRC}/base/exempt.ts`,
    `// oxlint-disable-next-line no-debugger\n/** One. */\nexport const one = 1`,
    'undefined',
  ],
]

test('oxlint passes a file that imports what its room may', async () => {
  const workshop = await openFiles({
    [`${SRC}/base/digits.ts`]: `/** Digits. */\nexport const digits = () => '0123456789'\n`,
    [`${SRC}/base/index.ts`]: `export { digits } from './digits.ts'\n`,
    [`${SRC}/base/hash.node.ts`]: `import { createHash } from 'node:crypto'\ncreateHash('sha256')\n`,
    [`${SRC}/base/hash.portable.ts`]: `import { sha256 } from '@noble/hashes/sha2.js'\nsha256('')\n`,
    [`${SRC}/data/cid.ts`]: `import { digits } from '../base/index.ts'\nimport { sha256 } from '#sha256'\nsha256(digits())\n`,
  })
  expect(await lint(workshop)).toEqual({ exitCode: 0, findings: [] })
})

test('oxlint refuses each thing the house does not do', async () => {
  const workshop = await openFiles({
    ...Object.fromEntries(violations.map(([, file, source]) => [file, `${source}\n`])),
    [`${SRC}/base/cycle-back.ts`]: `import type { A } from './cycle.ts'\n/** B. */\nexport interface B { a: A }\n`,
  })
  const { exitCode, findings } = await lint(workshop)
  expect(exitCode).not.toBe(0)
  for (const [fact, file, , rule] of violations) {
    expect(findings, fact).toContain(`${file}: ${rule}`)
  }
})
