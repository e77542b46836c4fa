import { expect, test } from 'vitest'
import { Mst, mstKeyHeight } from '../../src/repo/index.ts'
import { sharedLength } from '../../src/repo/mst-node-encode.ts'
import { describeInterop } from './interop-suite.ts'

const CID = 'bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454'

describeInterop('mst', (suite) => {
  const heights = suite.json('mst/key_heights.json') as { key: string; height: number }[]
  const prefixes = suite.json('mst/common_prefix.json') as {
    left: string
    right: string
    len: number
  }[]
  const keys = suite.lines('mst/example_keys.txt')

  test.each(heights)('$key has the height $height', ({ key, height }) => {
    expect(mstKeyHeight(key)).toBe(height)
  })

  test.each(prefixes)('$left and $right share $len', ({ left, right, len }) => {
    expect(sharedLength(left, right)).toBe(len)
  })

  test('the digit in the name of each example key is its height', () => {
    expect(keys).not.toEqual([])
    for (const key of keys) expect([key, mstKeyHeight(key)]).toEqual([key, Number(key[1])])
  })

  test('the example keys make the same tree in any order', () => {
    const whole = Mst.from(keys.map((key) => [key, CID]))
    const backwards = keys.toReversed().reduce((tree, key) => tree.set(key, CID), Mst.from([]))
    expect(backwards.root()).toBe(whole.root())
    expect(Array.from(whole, ([key]) => key)).toEqual(keys.toSorted())
  })
})
