// The packages as their users get them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, type Outcome } from '../workshop.ts'
import { publish, succeed } from './publication.ts'

const sdk = await publish('sdk', ['LICENSE', 'README.md'])
const codegen = await publish('codegen', ['packages/codegen/library.json'], [sdk.tarball])
const { workshop, folder, consumer } = sdk

const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  exports: Record<string, string>
}
/** What a program can import, but for the lexicons, each of which is public by its NSID. */
const entries = Object.keys(exports)
  .filter((path) => !path.includes('*') && path !== './package.json')
  .map((path) => join('atproto.ts', path))

describe.each([
  ['the SDK', sdk],
  ['the generator', codegen],
])('%s', (_, { folder, tarball }) => {
  test('gives publint nothing to say', async () => {
    expect(await run(folder, 'publint', ['--strict', '.'])).toMatchObject({ exitCode: 0 })
  })

  test('has types that are found in every way to resolve them', async () => {
    const attw = await run(folder, 'attw', [tarball, '--profile', 'esm-only'])
    expect(attw).toMatchObject({ exitCode: 0 })
  })
})

test('the package holds what was built, its licences and its readme', () => {
  const installed = join(consumer, 'node_modules/atproto.ts')
  expect(readdirSync(installed).toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'dist',
    'package.json',
  ])
  expect(readdirSync(join(installed, 'dist')).toSorted()).toEqual([
    'LICENSE-noble-curves',
    'LICENSE-noble-hashes',
    'lexicons',
    'src',
  ])
  const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => /\.test|(?<!\.d)\.ts$/.test(file))).toEqual([])
})

test('installing the package installs nothing else', () => {
  const packages = readdirSync(join(consumer, 'node_modules')).filter((name) => name[0] !== '.')
  expect(packages).toEqual(['atproto.ts'])
})

test('the public names are these', async () => {
  const lists = entries.map((entry) => {
    const path = exports[entry.replace(/^atproto\.ts/, '.')] ?? ''
    const names = exportedNames(readFileSync(join(folder, path.replace(/\.js$/, '.d.ts')), 'utf8'))
    return `# ${entry}\n${names.join('\n')}\n`
  })
  await expect(lists.join('\n')).toMatchFileSnapshot('public-names.txt')
})

/** The names in the export lists of an index, types marked as such. */
function exportedNames(declarations: string): string[] {
  return [...declarations.matchAll(/export (type )?\{([^}]*)\}/g)]
    .flatMap(([, type = '', names = '']) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^.* as /, ''))
        .filter((name) => name !== '')
        .map((name) => type + name),
    )
    .toSorted()
}

describe('in Node', () => {
  test('every entry can be imported, lexicons too', async () => {
    const specifiers = [...entries, 'atproto.ts/lexicons/com.atproto.repo.getRecord']
    await workshop.write({
      'consumer/import.js': specifiers
        .map((specifier) => `await import('${specifier}')\n`)
        .join(''),
    })
    expect(await run(consumer, 'node', ['import.js'])).toEqual({ exitCode: 0, output: '' })
  })

  test('a file that is no entry cannot be imported', async () => {
    await workshop.write({
      'consumer/inner.js': `await import('atproto.ts/dist/src/base/index.js')\n`,
    })
    const { exitCode, output } = await run(consumer, 'node', ['inner.js'])
    expect(exitCode).not.toBe(0)
    expect(output).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

/** Bundles a program as bundle.js, beside it. */
const bundle = async (source: string): Promise<string> => {
  await workshop.write({ 'consumer/program.js': source })
  const flags = ['--bundle', '--format=esm', '--platform=browser', '--outfile=bundle.js']
  await succeed(run(consumer, 'esbuild', ['program.js', ...flags, '--log-level=warning']))
  return readFileSync(join(consumer, 'bundle.js'), 'utf8')
}

describe('in a bundle for browsers', () => {
  test('nothing of Node is left', async () => {
    const imports = entries.map((entry, i) => `import * as entry${i} from '${entry}'\n`)
    const uses = entries.map((_, i) => `console.log(entry${i})\n`)
    expect(await bundle([...imports, ...uses].join(''))).not.toMatch(/\bnode:\w/)
  })

  test('hashes are the same as in Node', async () => {
    await bundle(
      `import { cidForRaw } from 'atproto.ts/data'\nconsole.log(cidForRaw(new Uint8Array([1, 2, 3])))\n`,
    )
    const inNode = run(consumer, 'node', ['program.js'])
    expect(await run(consumer, 'node', ['bundle.js'])).toEqual(await inNode)
    expect((await inNode).exitCode).toBe(0)
  })

  test('an import that is not used costs nothing', async () => {
    const unused = entries.map((entry) => `import '${entry}'\n`).join('')
    expect(await bundle(`${unused}console.log(1)\n`)).toMatch(/^\S*console\.log\(1\);\s*$/m)
  })
})

describe.each([
  ['Node', { module: 'NodeNext' }],
  ['a bundler', { module: 'ESNext', moduleResolution: 'bundler' }],
])('to a type checker that resolves as %s does', (_, resolution) => {
  const check = async (source: string): Promise<Outcome> => {
    await workshop.write({
      'consumer/program.ts': source,
      'consumer/tsconfig.json': JSON.stringify({
        compilerOptions: {
          ...resolution,
          target: 'ES2023',
          lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noPropertyAccessFromIndexSignature: true,
          skipLibCheck: false,
          noEmit: true,
        },
        files: ['program.ts'],
      }),
    })
    return run(consumer, 'tsc', ['--pretty', 'false'])
  }

  test('every entry is sound under strict flags', async () => {
    const imports = entries.map((entry, i) => `import * as entry${i} from '${entry}'\n`)
    const uses = entries.map((_entry, i) => `entry${i}\n`)
    expect(await check([...imports, ...uses].join(''))).toEqual({ exitCode: 0, output: '' })
  })

  test('a record that is read has the type of its lexicon', async () => {
    const { exitCode, output } = await check(
      `import { ATProto } from 'atproto.ts'\n` +
        `const { data } = await ATProto.anonymous().server.describeServer()\n` +
        `const domains: string[] = data.availableUserDomains\n` +
        `const wrong: number = data.availableUserDomains\n` +
        `export { domains, wrong }\n`,
    )
    expect(exitCode).not.toBe(0)
    expect(
      output
        .trim()
        .split('\n')
        .filter((line) => line.includes('error')),
    ).toEqual([expect.stringContaining('program.ts(4,')])
  })
})

describe('the program that the generator installs', () => {
  const program = join(codegen.consumer, 'node_modules/.bin/atproto.ts-codegen')

  test('makes a module of a document', async () => {
    const nsid = 'com.example.greeting'
    const record = { type: 'object', properties: { text: { type: 'string' } } }
    const main = { type: 'record', key: 'tid', record }
    await codegen.workshop.write({
      'consumer/lexicons/greeting.json': JSON.stringify({ lexicon: 1, id: nsid, defs: { main } }),
    })
    const made = await run(codegen.consumer, program, ['lexicons', '--out', 'src'])
    expect(made).toMatchObject({ exitCode: 0 })
    const module = readFileSync(join(codegen.consumer, `src/${nsid}.ts`), 'utf8')
    expect(module).toContain('text?: string')
  })

  test('asks the network for what is named by NSID', async () => {
    // Nobody listens there.
    const dns = ['--dns-over-https', 'http://127.0.0.1:1']
    const args = ['com.example.thing', '--out', 'src', ...dns]
    const { exitCode, output } = await run(codegen.consumer, program, args)
    expect(exitCode).toBe(1)
    expect(output).toContain('DNS did not answer for _lexicon.example.com')
  })
})
