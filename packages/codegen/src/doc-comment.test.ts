import { describe, expect, it } from 'vitest'
import { generateFrom, record } from '../test/documents.ts'
import { generate } from './generate.ts'

/** The generated text of one document that holds a record with these properties. */
function recordText(properties: object, required: string[] = []): string {
  const files = generateFrom({ 'com.example.thing': { main: record(properties, required) } })
  return files.get('com.example.thing.ts') ?? ''
}

describe('docstrings', () => {
  it('hold the description and what the type cannot show', () => {
    const text = recordText(
      {
        name: {
          type: 'string',
          description: 'What it is called.',
          maxGraphemes: 64,
          minLength: 1,
          maxLength: 640,
        },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
        image: { type: 'blob', accept: ['image/png', 'image/jpeg'], maxSize: 1_000_000 },
        tags: { type: 'array', items: { type: 'string' }, maxLength: 1 },
        plain: { type: 'string' },
      },
      ['name', 'limit', 'image', 'tags', 'plain'],
    )
    expect(text).toContain(`  /**
   * What it is called.
   *
   * At most 64 graphemes, 1 to 640 bytes.
   */
  name: string
  /**
   * 1 to 100.
   *
   * @default 50
   */
  limit: number
  /** Accepts image/png, image/jpeg, at most 1,000,000 bytes. */
  image: BlobRef
  /** At most 1 item. */
  tags: string[]
  plain: string
`)
  })

  it('mark what the description calls deprecated', () => {
    const text = recordText({
      old: { type: 'string', description: 'DEPRECATED: use new instead' },
      older: { type: 'integer', description: 'Deprecated', maximum: 3 },
    })
    expect(text).toContain('  /** @deprecated use new instead */\n  old?')
    expect(text).toContain('  /**\n   * At most 3.\n   *\n   * @deprecated\n   */\n  older?')
  })

  it('name the document in the first line, and what it says of itself in the second', () => {
    const defs = { main: record({}) }
    const text = generate([
      { lexicon: 1, id: 'com.example.thing', description: 'All\nabout things.', defs },
    ]).get('com.example.thing.ts')
    expect(text?.split('\n', 2)).toEqual([
      '// Generated from the lexicon com.example.thing. Do not edit.',
      '// All about things.',
    ])
  })
})
