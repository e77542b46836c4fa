// The declarations of a package as the compiler itself writes them: a bundler's would name the types
// of the generated modules Input$16, and that is what an editor would show.

import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Compiles a project of composite parts and puts its declarations beside its modules.
 *
 * @param folder The package, whose `.tsc` the compiler writes into.
 * @param project The project within it, with references to all parts.
 * @param outDir Where the modules are.
 */
export function writeDeclarations(folder: string, project: string, outDir: string): void {
  execFileSync('tsc', ['-b', join(folder, project)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  for (const file of globSync('{src,lexicons}/**/*.d.ts', { cwd: join(folder, '.tsc') })) {
    // What was compiled from a source that is gone, or beside which no module stands, is no part.
    if (!existsSync(join(folder, file.replace(/\.d\.ts$/, '.ts')))) continue
    const text = readFileSync(join(folder, '.tsc', file), 'utf8')
    const target = join(outDir, file)
    mkdirSync(dirname(target), { recursive: true })
    // Modules end in .js where they are published.
    writeFileSync(target, text.replaceAll(/(from |import\()(['"]\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'))
  }
}
