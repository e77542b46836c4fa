// The examples in docstrings compile, with what each of them takes for granted.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compilePrograms } from './programs.ts'
import { openWorkshop, ROOT } from './workshop.ts'

const globals = readFileSync(join(import.meta.dirname, 'example-globals.ts'), 'utf8')

/** The module of {@link globals}. */
const GLOBALS = './globals.ts'

/** Where each name is imported from that an example may use without saying so. */
const modules = readModules()

function readModules(): Map<string, string[]> {
  const found = new Map([
    ['readFile', ['node:fs/promises']],
    ['writeFile', ['node:fs/promises']],
    ['openAsBlob', ['node:fs']],
  ])
  let module = ''
  const names = readFileSync(join(ROOT, 'test/package/public-names.txt'), 'utf8')
  for (const line of names.split('\n')) {
    const name = line.replace(/^type /, '')
    if (line.startsWith('# ')) module = line.slice(2)
    else if (name) found.set(name, [...(found.get(name) ?? []), module])
  }
  for (const [, name = ''] of globals.matchAll(/declare (?:const|function) (\w+)/g)) {
    found.set(name, [GLOBALS])
  }
  return found
}

/** The examples of a source, each with the imports that its reader makes without being told. */
function examplesOf(source: string, room: string): string[] {
  const comments = source.match(/\/\*\*.*?\*\//gs) ?? []
  return comments
    .map((comment) => comment.replaceAll(/^ *\/?\*+ ?/gm, ''))
    .flatMap((text) => text.split(/^@example\b/m).slice(1))
    .map((text) => /```ts\n(.*?)```/s.exec(text)?.[1] ?? 'exampleWithoutProgram')
    .map((program) => `${importsFor(program, room)}${program}`)
}

function importsFor(program: string, room: string): string {
  // What the example itself imports or declares needs nothing more.
  const declarations = /^import .* from|\b(?:const|function|class|type) (?:\w+|[{[].*?[}\]] =)/gm
  const own = new Set(
    (program.match(declarations) ?? []).flatMap((text) => text.match(/\w+/g) ?? []),
  )
  const code = program.replaceAll(/'[^'\n]*'|\/\/.*/g, '')
  // Not the names of properties; three dots are no access.
  const used = new Set(code.match(/(?<!(?<!\.\.)\.|\w)\w+(?!\w|: )/g))
  return Array.from(used, (name) => {
    const from = own.has(name) ? [] : (modules.get(name) ?? [])
    const module = from.includes(room) ? room : from[0]
    return module ? `import { ${name} } from '${module}'\n` : ''
  }).join('')
}

/** The examples of all sources, by the file and its number in it. */
function readExamples(): Map<string, string> {
  const files = globSync('packages/{sdk,codegen}/src/**/*.ts', { cwd: ROOT })
  const examples = new Map<string, string>()
  for (const file of files.filter((name) => !/\.test(-d)?\.ts$/.test(name))) {
    const [, , , room = '', more] = file.split('/')
    const entry = more === undefined ? 'atproto.ts' : `atproto.ts/${room}`
    const found = examplesOf(readFileSync(join(ROOT, file), 'utf8'), entry)
    const name = file
      .replace(/^packages\//, '')
      .replaceAll('/', '.')
      .slice(0, -'.ts'.length)
    for (const [i, text] of found.entries()) examples.set(`${name}.${i}`, text)
  }
  return examples
}

test('every example in a docstring compiles', async () => {
  const examples = readExamples()
  expect(await compilePrograms(await openWorkshop(), examples, globals)).toBe('')
  expect(examples.size).toBeGreaterThan(50)
})

test.each([
  [
    'a field that there is not',
    "await atproto.repo.getRecord({ collection: 'a.b.c', rkye: '1' })",
    'rkye',
  ],
  ['a name that is not public', 'new StreamProtocol()', 'StreamProtocol'],
])('an example with %s is found', async (_, program, expected) => {
  const source = `/**\n * @example\n * \`\`\`ts\n * ${program}\n * \`\`\`\n */\nexport {}\n`
  const programs = new Map([['wrong', examplesOf(source, 'atproto.ts').join('')]])
  expect(await compilePrograms(await openWorkshop(), programs, globals)).toContain(expected)
})

test('an example without a program is found', async () => {
  const programs = new Map([['wrong', examplesOf('/** @example parseIt(1) */', '').join('')]])
  expect(await compilePrograms(await openWorkshop(), programs, globals)).toContain(
    'exampleWithoutProgram',
  )
})
