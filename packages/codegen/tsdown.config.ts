import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts'],
  platform: 'node',
  target: 'node22',
  // `.js`, as package.json names them.
  fixedExtension: false,
  dts: { generator: 'oxc' },
  sourcemap: false,
  failOnWarn: true,
  report: false,
  logLevel: 'warn',
})
