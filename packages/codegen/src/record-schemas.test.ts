import { expect, it } from 'vitest'
import { generateFrom, object, record } from '../test/documents.ts'
import { compile, inFolder } from '../test/tools.ts'

const files = generateFrom({
  'com.example.thing': { main: record({ name: { type: 'string' } }, ['name']) },
  'com.example.defs': { view: object({}) },
})

it('the schema of a collection is loaded by its NSID', async () => {
  const program = `
    import { loadRecordSchema } from './record-schemas.js'
    const schema = await loadRecordSchema('com.example.thing')
    schema?.nsid satisfies string | undefined
    schema?.parse({}).$type satisfies string | undefined
    // @ts-expect-error there may be none
    schema.nsid
  `
  expect(await compile(files, program)).toEqual([])
})

it('of what is no collection, nothing is loaded', async () => {
  const text = files.get('record-schemas.ts') ?? ''
  expect(text).not.toContain('com.example.defs')
  await inFolder(new Map([['record-schemas.ts', text]]), async (folder) => {
    const { loadRecordSchema } = await import(`${folder}/record-schemas.ts`)
    for (const nsid of ['com.example.defs', 'constructor', '__proto__', '']) {
      expect(await loadRecordSchema(nsid), nsid).toBeUndefined()
    }
  })
})

it('documents without records have no such file', () => {
  expect(generateFrom({ 'com.example.defs': { view: object({}) } }).has('record-schemas.ts')).toBe(
    false,
  )
})
