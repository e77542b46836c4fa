// Runs programs on the sources of the SDK: `node --import …/sources.ts program.ts`. Its package.json
// names what is built, for those who import it as for itself.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const manifest = new URL('../packages/sdk/package.json', import.meta.url)
const { imports, exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  imports: Record<string, string | { node: string }>
  exports: Record<string, string>
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const target = imports[specifier] ?? exports[specifier.replace(/^atproto\.ts/, '.')]
    if (target === undefined) return nextResolve(specifier, context)
    const built = typeof target === 'string' ? target : target.node
    const source = built.replace('./dist/', './').replace(/\.js$/, '.ts')
    return nextResolve(new URL(source, manifest).href, context)
  },
})
