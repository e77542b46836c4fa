// One document → one module: a type and a schema for each definition, and for a method what the client
// needs.

import type { LexiconDocument } from 'atproto.ts/lexicon'
import type { Catalog } from './catalog.ts'
import { describe } from './doc-comment.ts'
import { constDeclaration, fileText, typeDeclaration } from './file.ts'
import { Imports } from './imports.ts'
import { atom } from './layout.ts'
import { methodDeclarations } from './method.ts'
import { quote } from './names.ts'
import { typeId } from './references.ts'
import { SchemaTypes } from './schema-type.ts'
import { SchemaValues } from './schema-value.ts'

/** Writes the module of one document. */
export function moduleText({ id, defs, description }: LexiconDocument, catalog: Catalog): string {
  const imports = new Imports(catalog, catalog.ownNames(id))
  const types = new SchemaTypes(id, catalog, imports)
  const values = new SchemaValues(id, catalog, imports)
  const declarations = Object.entries(defs).flatMap(([name, def]): string[] => {
    const typeName = catalog.typeName({ nsid: id, name })
    const valueName = catalog.valueName({ nsid: id, name })
    const type = typeId(id, name)
    switch (def.type) {
      case 'query':
      case 'procedure':
      case 'subscription':
        return methodDeclarations(id, def, types, values, imports)
      case 'permission-set':
        return []
      case 'token': {
        const literal = quote(type)
        return [
          typeDeclaration(typeName, describe(def), atom(literal)),
          constDeclaration(valueName, describe(def), literal),
        ]
      }
      case 'record': {
        const comment = describe(def.description ? def : def.record)
        return [
          typeDeclaration(typeName, comment, types.object(def.record, type)),
          values.record(typeName, def),
        ]
      }
      case 'object':
        return [
          typeDeclaration(typeName, describe(def), types.object(def, type)),
          values.constant(valueName, typeName, values.object(def, type)),
        ]
      default:
        return [
          typeDeclaration(typeName, describe(def), types.of(def)),
          values.constant(valueName, typeName, values.top(def)),
        ]
    }
  })
  return fileText(` ${id}`, description, imports, declarations)
}
