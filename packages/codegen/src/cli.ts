#!/usr/bin/env node
// The command `atproto.ts-codegen`.

import { run } from './command/run.ts'

process.exitCode = await run(
  process.argv.slice(2),
  { print: console.log, complain: console.error },
  () => {
    const stop = new AbortController()
    process.once('SIGINT', () => stop.abort())
    return stop.signal
  },
)
