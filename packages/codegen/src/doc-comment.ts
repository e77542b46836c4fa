// Docstrings of the generated code, from descriptions and from what a type cannot show.

import type { LexiconMethodError, LexiconSchema } from 'atproto.ts/lexicon'

/**
 * The lines of a docstring at an indentation, none for an empty one.
 *
 * @param blocks Paragraphs and tags. Their text may be anything: it never ends the comment.
 */
export function docComment(blocks: string[], indent = 0): string[] {
  const space = ' '.repeat(indent)
  const width = WIDTH - indent
  const clean = blocks.map((block) => block.replaceAll('*/', '*\\/'))
  const [only] = clean
  if (only === undefined) return []
  if (clean.length === 1 && !only.includes('\n') && only.length <= width - '/**  */'.length) {
    return [`${space}/** ${only} */`]
  }
  const lines = clean.flatMap((block, i) => [
    // A blank line before each paragraph and before the first tag; tags stand together.
    ...(i > 0 && !(isTag(block) && isTag(clean[i - 1] ?? '')) ? [''] : []),
    ...block.split('\n').flatMap((line) => wrap(line, width - ' * '.length)),
  ])
  return [`${space}/**`, ...lines.map((line) => `${space} * ${line}`.trimEnd()), `${space} */`]
}

/** What any part of a document may have. */
interface Described {
  description?: string
}

/** What the docstring of a definition or a property says. */
export function describe(schema: Described | LexiconSchema): string[] {
  const facts = 'type' in schema ? constraints(schema) : []
  const description = oneParagraph(schema.description)
  const deprecated = /^deprecated\b[\s:.,–—-]*/i.exec(description)
  const text = deprecated ? description.slice(deprecated[0].length) : description
  const value = 'default' in schema ? schema.default : undefined
  return [
    ...(deprecated ? [] : text ? [text] : []),
    ...(facts.length > 0 ? [`${capitalise(facts.join(', '))}.`] : []),
    ...(value === undefined ? [] : [`@default ${oneParagraph(JSON.stringify(value))}`]),
    ...(deprecated ? [`@deprecated ${text}`.trimEnd()] : []),
  ]
}

/** One list item for each error that says what it means. */
export function describeErrors(errors: readonly LexiconMethodError[] = []): string[] {
  const items = errors
    .filter((error) => error.description)
    .map((error) => `- \`${error.name}\`: ${oneParagraph(error.description)}`)
  return items.length > 0 ? [['The errors that this method declares:', ...items].join('\n')] : []
}

/** Text of a document on one line: no line break of any kind passes. */
export function oneParagraph(text: string | undefined): string {
  return text?.replaceAll(/\s+/g, ' ').trim() ?? ''
}

const WIDTH = 100

function constraints(schema: Described | LexiconSchema): string[] {
  if (!('type' in schema)) return []
  switch (schema.type) {
    case 'integer':
      return range(schema.minimum, schema.maximum, '')
    case 'string':
      return [
        ...(schema.format === 'datetime' ? ['a datetime (RFC 3339)'] : []),
        ...range(schema.minGraphemes, schema.maxGraphemes, 'grapheme'),
        ...range(schema.minLength, schema.maxLength, 'byte'),
      ]
    case 'bytes':
      return range(schema.minLength, schema.maxLength, 'byte')
    case 'array':
      return range(schema.minLength, schema.maxLength, 'item')
    case 'blob':
      return [
        ...(schema.accept ? [`accepts ${schema.accept.map(oneParagraph).join(', ')}`] : []),
        ...range(undefined, schema.maxSize, 'byte'),
      ]
    default:
      return []
  }
}

function range(min: number | undefined, max: number | undefined, unit: string): string[] {
  if (min === undefined && max === undefined) return []
  const counted = unit ? ` ${unit}${(max ?? min) === 1 ? '' : 's'}` : ''
  if (max === undefined) return [`at least ${grouped(min)}${counted}`]
  if (min === undefined) return [`at most ${grouped(max)}${counted}`]
  return [`${min === max ? 'exactly' : `${grouped(min)} to`} ${grouped(max)}${counted}`]
}

/** 1000000 → 1,000,000 */
function grouped(number: number | undefined): string {
  return number?.toLocaleString('en-US') ?? ''
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = text.startsWith('- ') ? `  ${word}` : word
    } else {
      line = line ? `${line} ${word}` : word
    }
  }
  return [...lines, line]
}

function isTag(block: string): boolean {
  return block.startsWith('@')
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
