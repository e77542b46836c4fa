import { describe, expect, test } from 'vitest'

import { paginate } from './index.ts'

interface Page {
  cursor?: string | undefined
  items: number[]
}

/** A list whose page at each cursor is given; the first under ''. */
function listOf(pages: Record<string, Page>) {
  const asked: (string | undefined)[] = []
  const fetchPage = async (cursor: string | undefined) => {
    asked.push(cursor)
    return { data: pages[cursor ?? '']!, headers: new Headers(), status: 200 }
  }
  return { asked, all: () => Array.fromAsync(paginate(fetchPage, (page) => page.items)) }
}

describe('paginate', () => {
  test('walks on to the page without a cursor', async () => {
    const list = listOf({
      '': { items: [1, 2], cursor: 'a' },
      a: { items: [3], cursor: 'b' },
      b: { items: [4] },
    })
    expect(await list.all()).toEqual([1, 2, 3, 4])
    expect(list.asked).toEqual([undefined, 'a', 'b'])
  })

  test('goes on after an empty page that has a cursor', async () => {
    const list = listOf({ '': { items: [], cursor: 'a' }, a: { items: [1] } })
    expect(await list.all()).toEqual([1])
  })

  test('ends at an empty cursor', async () => {
    expect(await listOf({ '': { items: [1], cursor: '' } }).all()).toEqual([1])
  })

  test.each([
    ['the same cursor again', { '': { items: [1], cursor: 'a' }, a: { items: [2], cursor: 'a' } }],
    [
      'cursors in a circle',
      {
        '': { items: [1], cursor: 'a' },
        a: { items: [2], cursor: 'b' },
        b: { items: [], cursor: 'a' },
      },
    ],
  ])('ends where a server gives %s', async (_, pages) => {
    expect(await listOf(pages).all()).toEqual([1, 2])
  })

  test('asks for no page that nobody reads', async () => {
    const pages = { '': { items: [1, 2], cursor: 'a' }, a: { items: [3] } }
    const asked: (string | undefined)[] = []
    const fetchPage = async (cursor: string | undefined) => {
      asked.push(cursor)
      return {
        data: pages[(cursor ?? '') as keyof typeof pages] as Page,
        headers: new Headers(),
        status: 200,
      }
    }
    for await (const item of paginate(fetchPage, (page) => page.items)) if (item === 2) break
    expect(asked).toEqual([undefined])
  })

  test('throws what the call throws', async () => {
    const error = new Error('no page')
    const items = paginate(
      () => Promise.reject(error),
      (page: Page) => page.items,
    )
    await expect(Array.fromAsync(items)).rejects.toBe(error)
  })
})
