// The programs whose bytes are counted hold what they say they hold.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './workshop.ts'

// By its URL, because the package's declarations do not compile under this house's flags.
const { schemas }: { schemas: { id: string }[] } = await import(import.meta.resolve('@atproto/api'))

test('the program of all schemas exports every module of app.bsky and chat.bsky', () => {
  const program = readFileSync(join(ROOT, 'test/size/all-schemas.ts'), 'utf8')
  const exported = [...program.matchAll(/'atproto\.ts\/lexicons\/(.*)'/g)].map(([, nsid]) => nsid)
  const expected = schemas.map(({ id }) => id).filter((id) => /^(app|chat)\.bsky\./.test(id))
  expect(new Set(exported)).toEqual(new Set(expected))
})
