import { expect, test } from 'vitest'
import { FormatError } from '../../src/syntax/index.ts'
import { formats } from '../syntax/formats.ts'
import { describeInterop } from './interop-suite.ts'

function isInvalid(file: string): boolean {
  return file.endsWith('_invalid.txt')
}

describeInterop('syntax', (suite) => {
  test('every file of the suite is about a format known here', () => {
    const names = suite.files('syntax').map((file) => file.split('_')[0])
    expect(new Set(names)).toEqual(new Set(Object.keys(formats)))
  })

  for (const [name, { is, parse }] of Object.entries(formats)) {
    const files = suite.files('syntax').filter((file) => file.startsWith(`${name}_`))

    test.each(files.filter((file) => !isInvalid(file)))('accepts all of %s', (file) => {
      const cases = suite.lines(`syntax/${file}`)
      expect(cases).not.toEqual([])
      expect(cases.filter((text) => !is(text))).toEqual([])
      expect(cases.map((text) => parse(text))).toEqual(cases)
    })

    test.each(files.filter(isInvalid))('refuses all of %s', (file) => {
      const cases = suite.lines(`syntax/${file}`)
      expect(cases).not.toEqual([])
      expect(cases.filter((text) => is(text))).toEqual([])
      for (const text of cases) expect(() => parse(text)).toThrow(FormatError)
    })
  }
})
