import { expect, test } from 'vitest'
import { atOnceOrInPool, type Done } from './thread-pool.node.ts'

/** Does work, and tells where. The pool has answered once the event loop has turned. */
const work = (error: Error | null = null): string | Promise<string> =>
  atOnceOrInPool(
    () => 'at once',
    (done: Done<string>) => setImmediate(done, error, 'in the pool'),
  )

test('work that comes alone is done at once', async () => {
  expect(work()).toBe('at once')
  await Promise.resolve()
  expect(work()).toBe('at once')
  await Promise.resolve()
})

test('what comes with it is done in the pool, and what comes while that runs', async () => {
  expect(work()).toBe('at once')
  const second = work()
  expect(second).toBeInstanceOf(Promise)
  await Promise.resolve()
  const third = work()
  expect(third).toBeInstanceOf(Promise)
  expect(await Promise.all([second, third])).toEqual(['in the pool', 'in the pool'])
  expect(work()).toBe('at once')
  await Promise.resolve()
})

test('work that fails makes room for other work, too', async () => {
  expect(() =>
    atOnceOrInPool(
      () => {
        throw new Error('at once')
      },
      () => expect.unreachable(),
    ),
  ).toThrow('at once')
  await expect(work(new Error('in the pool'))).rejects.toThrow('in the pool')
  expect(work()).toBe('at once')
})
