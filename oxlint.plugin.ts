// Rules of this house that oxlint does not have.

import { definePlugin, defineRule } from '@oxlint/plugins'
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

export default definePlugin({
  meta: { name: 'house' },
  rules: { 'documented-exports': documentedExports, 'linear-regexp': linearRegExp },
})
