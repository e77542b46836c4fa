// Lexicon documents → TypeScript, as a pure function.

import { Catalog } from './catalog.ts'
import { readDocuments } from './documents.ts'
import { facades } from './facade.ts'
import { maps } from './maps.ts'
import { moduleText } from './module.ts'
import { DEFAULT_OPTIONS } from './options.ts'
import type { Options } from './options.ts'
import { recordSchemas } from './record-schemas.ts'

/**
 * Turns lexicon documents into TypeScript modules.
 *
 * @param documents The parsed JSON of each document. Every document that one of them refers to has
 *   to be among them, or in the library of the options.
 * @returns The text of each file by its name.
 * @throws CodegenError where a document is not valid; nothing a document holds becomes code other
 *   than as a type, a checked name, a quoted string or a comment
 */
export function generate(
  documents: Iterable<unknown>,
  options: Partial<Options> = {},
): Map<string, string> {
  const settings = { ...DEFAULT_OPTIONS, ...options }
  const catalog = new Catalog(readDocuments(documents, settings.library?.documents), settings)
  const files = new Map<string, string>()
  for (const document of catalog.documents.values()) {
    files.set(`${document.id}.ts`, moduleText(document, catalog))
  }
  if (catalog.options.facades) {
    for (const [name, text] of facades(catalog)) files.set(name, text)
  }
  for (const [name, text] of maps(catalog)) files.set(name, text)
  for (const [name, text] of recordSchemas(catalog)) files.set(name, text)
  return files
}
