import { globSync } from 'node:fs'
import { defineConfig, type UserConfig } from 'tsdown'
import { writeDeclarations } from '../../scripts/declarations.ts'

const common: UserConfig = {
  root: '.',
  platform: 'neutral',
  target: 'es2023',
  dts: false,
  // The output is readable as it is, comments included: maps would only double the package.
  sourcemap: false,
  failOnWarn: true,
  // How long plugins take says nothing about what they made.
  checks: { pluginTimings: false },
  report: false,
  logLevel: 'warn',
}

/**
 * The portable twins of *.node.ts hold code of others, so that the package has no dependency. Each has
 * its own: a file that they share would hold all that the curves want of the hashes, and be loaded
 * by every program that hashes.
 */
function bundled(entry: string): UserConfig {
  return {
    ...common,
    entry: [entry],
    deps: { alwaysBundle: [/^@noble\//] },
    // Their licences ask to go where the code goes.
    copy: ['hashes', 'curves'].map((name) => ({
      from: `../../node_modules/@noble/${name}/LICENSE`,
      rename: `LICENSE-noble-${name}`,
    })),
  }
}

export default defineConfig([
  {
    // One file out for each file in: what a program does not import is not loaded, and any bundler
    // can drop it. Files behind an import condition (`#sha256`) are found by package.json alone.
    ...common,
    entry: [
      'src/index.ts',
      'src/*/index.ts',
      'src/**/*.node.ts',
      'src/**/*.web.ts',
      'lexicons/*.ts',
    ],
    unbundle: true,
    deps: { neverBundle: [/^#/, /^node:/] },
    hooks: {
      'build:done': ({ options }) => writeDeclarations(import.meta.dirname, 'src', options.outDir),
    },
  },
  ...globSync('src/**/*.portable.ts', { cwd: import.meta.dirname }).map(bundled),
])
