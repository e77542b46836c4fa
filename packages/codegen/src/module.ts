// One document → one module: a type for each definition, and for a method what the client needs.

import { METHOD_TYPES } from './catalog.ts'
import type { Catalog } from './catalog.ts'
import { describe } from './doc-comment.ts'
import type { LexiconDocument } from './document.ts'
import { constDeclaration, fileText, typeDeclaration } from './file.ts'
import { Imports } from './imports.ts'
import { atom } from './layout.ts'
import { methodDeclarations } from './method.ts'
import { constName, Names, quote } from './names.ts'
import { SchemaTypes, typeId } from './schema-type.ts'

/** Writes the module of one document. */
export function moduleText({ id, defs, description }: LexiconDocument, catalog: Catalog): string {
  const imports = new Imports(catalog, [...catalog.typeNames(id), ...METHOD_TYPES])
  const types = new SchemaTypes(id, catalog, imports)
  const constNames = new Names()
  const declarations = [...defs].flatMap(([name, def]): string[] => {
    const typeName = catalog.typeName({ nsid: id, name })
    switch (def.type) {
      case 'query':
      case 'procedure':
      case 'subscription':
        constNames.allocate('main')
        return methodDeclarations(id, def, types, imports)
      case 'permission-set':
        return []
      case 'token': {
        const literal = quote(typeId(id, name))
        return [
          typeDeclaration(typeName, describe(def), atom(literal)),
          constDeclaration(constNames.allocate(constName(name)), describe(def), literal),
        ]
      }
      case 'record': {
        const comment = describe(def.description ? def : def.record)
        return [typeDeclaration(typeName, comment, types.object(def.record, typeId(id, name)))]
      }
      case 'object':
        return [typeDeclaration(typeName, describe(def), types.object(def, typeId(id, name)))]
      default:
        return [typeDeclaration(typeName, describe(def), types.of(def))]
    }
  })
  return fileText(` ${id}`, description, imports, declarations)
}
