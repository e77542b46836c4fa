import {
  array,
  assert,
  constantFrom,
  dictionary,
  letrec,
  oneof,
  property,
  string,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainError, findPosition } from './json-position.ts'

const TEXT = `{
  "defs": {
    "main": { "type": "object", "required": ["a", "b"] },
    "a b": [{}, [], [1, { "x.y": null }]],
    "quoted \\"{[": true
  }
}
`

describe('findPosition', () => {
  it.each([
    ['', 1, 1],
    ['defs', 2, 11],
    ['defs.main', 3, 13],
    ['defs.main.type', 3, 23],
    ['defs.main.required[1]', 3, 51],
    ['defs["a b"]', 4, 12],
    ['defs["a b"][2][1]["x.y"]', 4, 34],
    ['defs["quoted \\"{["]', 5, 20],
  ])('finds %s', (path, line, column) => {
    expect(findPosition(TEXT, path)).toEqual({ line, column })
  })

  it.each([
    ['defs.main.properties.name', 3, 13],
    ['defs.gone', 2, 11],
    ['defs["a b"][7]', 4, 12],
    ['defs.main.type.deeper', 3, 23],
    ['main', 1, 1],
  ])('finds what is around %s, which is not there', (path, line, column) => {
    expect(findPosition(TEXT, path)).toEqual({ line, column })
  })

  it('finds the last of several values with the same name, which is the one that counts', () => {
    expect(findPosition('{"a": 1,\n"a": 2}', 'a')).toEqual({ line: 2, column: 6 })
  })

  it('finds every value of any document', () => {
    const { value } = letrec((tie) => ({
      value: oneof(
        { maxDepth: 4 },
        constantFrom(null, true, 12, -1.5e9),
        string(),
        array(tie('value'), { maxLength: 3 }),
        dictionary(string({ unit: constantFrom(...KEY_UNITS) }), tie('value'), { maxKeys: 3 }),
      ),
    }))
    assert(
      property(value, (json) => {
        const text = JSON.stringify(json)
        for (const [path, found] of paths(json)) {
          const { line, column } = findPosition(text, path)
          expect(line).toBe(1)
          expect(text.slice(column - 1).startsWith(JSON.stringify(found)), path).toBe(true)
        }
      }),
    )
  })

  it('takes time in proportion to the text, however deep it is', () => {
    const depth = 100_000
    const text = `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(findPosition(text, '[0]'.repeat(depth - 1))).toEqual({ line: 1, column: depth })
  })
})

describe('explainError', () => {
  it.each([
    ['[1,\n ]', 2, 2, "Unexpected token ']'"],
    ['{"a": [1, 2, x]}', 1, 14, "Unexpected token 'x'"],
    [`{"a": "${'long '.repeat(100)}",\n"b": tru }`, 2, 9, "Unexpected token ' '"],
    ['{"a": 1\n"b": 2}', 2, 1, "Expected ',' or '}' after property value"],
    ['{"a": "b', 1, 9, 'Unterminated string'],
    ['{"a":\n', 2, 1, 'Unexpected end of JSON input'],
    ['', 1, 1, 'Unexpected end of JSON input'],
    ['[] []', 1, 4, 'Unexpected non-whitespace character after JSON'],
  ])('says what is wrong with %j, and where', (text, line, column, message) => {
    let error = new Error('it is JSON')
    try {
      JSON.parse(text)
    } catch (thrown) {
      error = thrown as Error
    }
    expect(explainError(text, error)).toEqual({ line, column, message })
  })
})

/** What could be taken for syntax where it stands in a name. */
const KEY_UNITS = 'ab {}[],:"\\'.split('')

/** Every value inside another, with the way to it. */
function* paths(json: unknown, path = ''): Generator<[path: string, value: unknown]> {
  yield [path, json]
  if (typeof json !== 'object' || json === null) return
  for (const [key, value] of Object.entries(json)) {
    yield* paths(value, `${path}[${Array.isArray(json) ? key : JSON.stringify(key)}]`)
  }
}
