// The demo, as a person starts it: once on its own, and on an account that it is pointed to.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Stage } from './stage.ts'

const DEMO = join(import.meta.dirname, 'demo.ts')

/** Runs the demo to its end and gives its exit code and all that it printed. */
function runDemo(account: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const own = ['ATPROTO_SERVICE', 'ATPROTO_IDENTIFIER', 'ATPROTO_PASSWORD', 'ATPROTO_PLC']
  const unset = Object.fromEntries(own.map((name) => [name, undefined]))
  const options = { env: { ...process.env, ...unset, ...account } }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [DEMO], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}

test('on its own, every step passes and nothing else is printed', async () => {
  const { code, output } = await runDemo()
  expect(output).toContain('13 of 13 steps passed.')
  expect(output).toMatch(/200: at:\/\/did:plc:[a-z2-7]{24}\/app\.bsky\.feed\.post\/[a-z2-7]{13}\n/)
  expect(output).toMatch(/event \d+: create, “Hello from atproto\.ts”\n/)
  expect(output).toMatch(/event \d+: delete\n/)
  expect(output.match(/content verified: .*\n.*signature verified: /g)).toHaveLength(2)
  expect(output).toContain('100 of 100 calls answered, after 1 refresh')
  expect(output).not.toMatch(/warning/i)
  expect(code).toBe(0)
})

describe('on an account of yours', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await Stage.open()
  })
  afterAll(async () => stage.close())

  test('what needs control of its PDS is skipped, and nothing is left behind', async () => {
    const { account, atproto } = await stage.enter()
    const { code, output } = await runDemo({
      ATPROTO_SERVICE: stage.pds.url,
      ATPROTO_IDENTIFIER: account.handle,
      ATPROTO_PASSWORD: account.password,
      ATPROTO_PLC: stage.network.plcUrl,
    })
    expect(output).toContain('9 of 10 steps passed, 1 skipped.')
    expect(code).toBe(0)
    expect((await atproto.repo.describeRepo()).data.collections).toEqual([])
    expect(stage.pds.mails).toEqual([])
  })

  test('a wrong password ends it with what to do about it', async () => {
    const { account } = await stage.enter()
    const { code, output } = await runDemo({
      ATPROTO_SERVICE: stage.pds.url,
      ATPROTO_IDENTIFIER: account.handle,
      ATPROTO_PASSWORD: 'a guess',
    })
    expect(output).toContain('✗ UnauthorizedError: ')
    expect(output).toContain('0 of 1 steps passed, 1 failed.')
    expect(code).toBe(1)
  })

  test('a missing password is asked for before anything is sent', async () => {
    const { code, output } = await runDemo({ ATPROTO_IDENTIFIER: 'alice.test' })
    expect(output).toContain('ATPROTO_PASSWORD')
    expect(code).toBe(1)
  })
})
