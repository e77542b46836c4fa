import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rooms, roomsBelow, roomsWithLexicons } from '../../rooms.config.ts'
import { ROOT } from '../workshop.ts'

const SDK = join(ROOT, 'packages/sdk')

function references(tsconfig: string): string[] {
  const project = JSON.parse(readFileSync(join(SDK, tsconfig), 'utf8')) as {
    references: { path: string }[]
  }
  return project.references.map(({ path }) => path)
}

describe('the table of rooms', () => {
  test('names every folder of the SDK, and no other', () => {
    const folders = globSync('src/*/tsconfig.json', { cwd: SDK }).map((path) =>
      basename(dirname(path)),
    )
    expect(folders.toSorted()).toEqual(Object.keys(rooms).toSorted())
  })

  test.each(Object.keys(rooms))('agrees with the references of %s', (room) => {
    const referenced = references(`src/${room}/tsconfig.json`).map((path) => basename(path))
    const lexicons = roomsWithLexicons.includes(room) ? ['tsconfig.lexicons.json'] : []
    expect(referenced.toSorted()).toEqual([...roomsBelow(room), ...lexicons].toSorted())
  })

  test('has a front for every room', () => {
    const missing = Object.keys(rooms).filter(
      (room) => !existsSync(join(SDK, 'src', room, 'index.ts')),
    )
    expect(missing).toEqual([])
  })

  test('is built whole: the SDK, its facade and its tests refer to every room', () => {
    for (const [tsconfig, prefix] of [
      ['tsconfig.json', 'src/'],
      ['src/tsconfig.json', './'],
      ['tsconfig.test.json', 'src/'],
    ] as const) {
      const expected = Object.keys(rooms).map((room) => prefix + room)
      expect(references(tsconfig), tsconfig).toEqual(expect.arrayContaining(expected))
    }
  })
})
