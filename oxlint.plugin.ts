// Rules of this house that oxlint does not have.

import { definePlugin, defineRule } from '@oxlint/plugins'
import type { ESTree } from '@oxlint/plugins'
import { analyse } from 'scslre'

const documentedExports = defineRule({
  meta: { docs: { description: 'Every export says in a docstring what it gives its caller.' } },
  create(context) {
    let documented: string | undefined
    return {
      ExportNamedDeclaration(node): void {
        const { declaration } = node
        if (!declaration) return
        const name =
          'id' in declaration && declaration.id?.type === 'Identifier'
            ? declaration.id.name
            : undefined
        // The signatures of an overloaded function share the docstring of the first.
        if (name && name === documented) return
        documented = name
        const hasDocstring = context.sourceCode
          .getCommentsBefore(node)
          .some((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
        if (!hasDocstring) context.report({ node, message: 'This export has no docstring.' })
      },
    }
  },
})

const linearRegExp = defineRule({
  meta: { docs: { description: 'No regular expression takes more than linear time.' } },
  create(context) {
    return {
      Literal(node): void {
        if (!('regex' in node)) return
        const { pattern: source, flags } = node.regex
        const [report] = analyse({ source, flags }).reports
        if (!report) return
        const input = JSON.stringify(report.character.pick)
        context.report({
          node,
          message: `This expression backtracks on many ${input} in a row: it takes more than linear time.`,
        })
      },
    }
  },
})

/** Errors keep what they are given, and have no property without a value. */
const OPTIONS = /(?<!Error)(?:Options|Limits)$/

const TAKES_UNDEFINED: ReadonlySet<string> = new Set(['TSUndefinedKeyword', 'TSUnknownKeyword'])

const optionalOptions = defineRule({
  meta: { docs: { description: 'An option takes undefined, so that it can be passed on.' } },
  create(context) {
    const check = (name: string, members: readonly ESTree.TSSignature[]): void => {
      if (!OPTIONS.test(name)) return
      for (const member of members) {
        if (member.type !== 'TSPropertySignature' || !member.optional) continue
        const type = member.typeAnnotation?.typeAnnotation
        const parts = type?.type === 'TSUnionType' ? type.types : [type]
        if (parts.some((part) => part && TAKES_UNDEFINED.has(part.type))) continue
        context.report({ node: member, message: 'This option does not take undefined.' })
      }
    }
    return {
      TSInterfaceDeclaration: ({ id, body }): void => check(id.name, body.body),
      TSTypeAliasDeclaration: ({ id, typeAnnotation: type }): void =>
        check(id.name, type.type === 'TSTypeLiteral' ? type.members : []),
    }
  },
})

export default definePlugin({
  meta: { name: 'house' },
  rules: {
    'documented-exports': documentedExports,
    'linear-regexp': linearRegExp,
    'optional-options': optionalOptions,
  },
})
