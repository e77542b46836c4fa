// Runs programs on the sources: `node --import …/sources.ts program.ts`. What the package imports by
// condition points to the build.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const manifest = new URL('../package.json', import.meta.url)
const { imports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  imports: Record<string, string | { node: string }>
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const target = imports[specifier]
    if (target === undefined) return nextResolve(specifier, context)
    const built = typeof target === 'string' ? target : target.node
    const source = built.replace('./dist/', './').replace(/\.js$/, '.ts')
    return nextResolve(new URL(source, manifest).href, context)
  },
})
