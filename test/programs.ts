// Compiles programs that documents show, against the sources of the packages.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, type Workshop } from './workshop.ts'

const tsconfig = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    composite: false,
    noEmit: true,
    emitDeclarationOnly: false,
    declaration: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    // The imports of an example are made by a test that does not tell types from values.
    verbatimModuleSyntax: false,
    isolatedModules: false,
    types: ['node'],
    paths: {
      'atproto.ts': [join(ROOT, 'packages/sdk/src/index.ts')],
      'atproto.ts/lexicons/*': [join(ROOT, 'packages/sdk/lexicons/*.ts')],
      'atproto.ts/*': [join(ROOT, 'packages/sdk/src/*/index.ts')],
      'atproto.ts-codegen': [join(ROOT, 'packages/codegen/src/index.ts')],
      ...internalPaths(),
    },
  },
  include: ['*.ts'],
}

/** The sources of what the SDK imports by condition, as those without one get it. */
function internalPaths(): Record<string, string[]> {
  const sdk = join(ROOT, 'packages/sdk')
  const { imports } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as {
    imports: Record<string, string | { default: string }>
  }
  const source = (path: string) => join(sdk, path.replace('./dist/', '').replace(/\.js$/, '.ts'))
  return Object.fromEntries(
    Object.entries(imports).map(([name, path]) => [
      name,
      [source(typeof path === 'string' ? path : path.default)],
    ]),
  )
}

/**
 * Compiles programs together.
 *
 * @param programs The text of each by the name of its file, without ending.
 * @param globals A module that declares what the programs take for granted.
 * @returns What the compiler has to say about them, nothing where all is well.
 */
export async function compilePrograms(
  workshop: Workshop,
  programs: ReadonlyMap<string, string>,
  globals: string,
): Promise<string> {
  await workshop.linkModules()
  await workshop.write({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify(tsconfig),
    'globals.ts': globals,
    ...Object.fromEntries(
      Array.from(programs, ([name, text]) => [`${name}.ts`, `${text}\nexport {}\n`]),
    ),
  })
  return (await workshop.run('tsc', '-p', '.', '--pretty', 'false')).output
}
