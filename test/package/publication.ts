// A package as npm would publish it: built, packed, and installed by a stranger without a network.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openWorkshop, ROOT, run, type Outcome, type Workshop } from '../workshop.ts'

/** Where a package went on its way to its user. */
export interface Publication {
  readonly workshop: Workshop
  /** The folder that was packed. */
  readonly folder: string
  readonly tarball: string
  /** The folder of an application that has installed the tarball, its peers, and nothing else. */
  readonly consumer: string
}

/**
 * Builds, packs and installs `packages/<name>`, for all tests of the file that calls this. One file
 * publishes all packages, because their builds write to the same folders.
 *
 * @param files What is packed besides what is built.
 * @param peers The tarballs of packages that it is used with.
 */
export async function publish(
  name: string,
  files: readonly string[],
  peers: readonly string[] = [],
): Promise<Publication> {
  const workshop = await openWorkshop(afterAll)
  const folder = join(workshop.path, 'packages', name)
  const consumer = join(workshop.path, 'consumer')
  await workshop.copy(`packages/${name}/package.json`, ...files)
  await succeed(run(join(ROOT, 'packages', name), 'tsdown', ['--out-dir', join(folder, 'dist')]))
  await succeed(run(folder, 'npm', ['pack']))
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '')
  await workshop.write({
    'consumer/package.json': JSON.stringify({ name: 'consumer', type: 'module', private: true }),
  })
  await succeed(run(consumer, 'npm', ['install', '--offline', tarball, ...peers]))
  return { workshop, folder, tarball, consumer }
}

/** Waits for a program that has to succeed, and fails with what it said where it does not. */
export async function succeed(running: Promise<Outcome>): Promise<string> {
  const { exitCode, output } = await running
  if (exitCode !== 0) throw new Error(output)
  return output
}
