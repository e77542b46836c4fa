// Starts what needs the reference PDS, on the Node that it needs: `node e2e/run.ts test|demo|setup [args]`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findNode22 } from './node-22.ts'
import { setUpReferenceNetwork } from './setup.ts'

const VITEST: string = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
const USAGE = 'usage: node e2e/run.ts test|demo|setup [arguments]'

const [command, ...args] = process.argv.slice(2)
if (command !== 'test' && command !== 'demo' && command !== 'setup') {
  console.error(USAGE)
  process.exit(2)
}

try {
  // Against an account of your own the demo needs no reference PDS.
  const local = command !== 'demo' || !process.env['ATPROTO_IDENTIFIER']
  if (local) await setUpReferenceNetwork()
  if (command === 'test') {
    await runNode(VITEST, 'run', '--config', join(import.meta.dirname, 'vitest.config.ts'), ...args)
  } else if (command === 'demo') {
    await runNode(join(import.meta.dirname, 'demo.ts'), ...args)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Runs a script on Node 22 in this terminal and takes over its exit code. */
async function runNode(script: string, ...rest: readonly string[]): Promise<void> {
  const child = spawn(findNode22().path, [script, ...rest], { stdio: 'inherit' })
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
