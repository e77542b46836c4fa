import { describe, expect, test } from 'vitest'

import type { Typed, UnknownMember } from './index.ts'
import { when } from './index.ts'

type Images = { $type?: 'app.example.embed.images'; images: string[] }
type View = { $type?: 'app.example.defs#view'; text: string }
type Embed = Typed<Images> | Typed<View> | UnknownMember

const describeEmbed = (embed: Embed) =>
  when(embed, {
    images: ({ images }) => `${images.length} images`,
    view: ({ text }) => text,
    unknown: (raw) => `unknown ${String(raw['$type'])}`,
  })

describe('when', () => {
  test('goes by what follows the #, or by the last segment', () => {
    expect(describeEmbed({ $type: 'app.example.embed.images', images: ['a', 'b'] })).toBe(
      '2 images',
    )
    expect(describeEmbed({ $type: 'app.example.defs#view', text: 'hello' })).toBe('hello')
  })

  test('prefers the full $type', () => {
    const handle = (embed: Embed) =>
      when(embed, {
        'app.example.defs#view': () => 'full',
        view: () => 'short',
        images: () => '',
        unknown: () => '',
      })
    expect(handle({ $type: 'app.example.defs#view', text: 'hello' })).toBe('full')
  })

  test.each([
    'com.example.new',
    'nodots',
    '',
    'app.example#toString',
    'constructor',
    'x.y.unknown',
  ])('gives the raw value of $type "%s" to unknown', ($type) => {
    expect(describeEmbed({ $type } as Embed)).toBe(`unknown ${$type}`)
  })

  test('gives an object without $type to unknown', () => {
    expect(describeEmbed({} as Embed)).toBe('unknown undefined')
  })

  test('goes by kind where there is one', () => {
    type Event = { kind: 'commit'; $type?: 'x'; ops: number } | { kind: 'info'; name: string }
    const describe = (event: Event) =>
      when(event, {
        commit: ({ ops }) => `${ops} ops`,
        info: ({ name }) => name,
        unknown: () => 'unknown',
      })
    expect(describe({ kind: 'commit', ops: 3, $type: 'x' })).toBe('3 ops')
    expect(describe({ kind: 'later' } as unknown as Event)).toBe('unknown')
  })

  test('gives what is raw of a value of the kind unknown', () => {
    type Event = { kind: 'info'; name: string } | { kind: 'unknown'; raw: { size: number } }
    const sizeOf = (event: Event) =>
      when(event, { info: ({ name }) => name.length, unknown: (raw) => raw['size'] })
    expect(sizeOf({ kind: 'unknown', raw: { size: 7 } })).toBe(7)
    expect(sizeOf({ kind: 'info', name: 'abc' })).toBe(3)
  })

  test.each([null, undefined, 'text', 3])('refuses %s with a TypeError', (value) => {
    expect(() => describeEmbed(value as unknown as Embed)).toThrow(TypeError)
  })
})
