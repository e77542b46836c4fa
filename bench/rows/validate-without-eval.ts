import type { Row } from '../harness/row.ts'

/** The same where a page's content security policy lets nobody make code. */
export const validateWithoutEval: Row = {
  name: 'validate-without-eval',
  title: 'A post and a discussion where no code may be made at run time, as on most edge workers.',
  cases: async (corpus) => {
    // Libraries ask once, when they are first used: this row has a process of its own.
    globalThis.Function = new Proxy(Function, { apply: refuse, construct: refuse })
    const { validationCases } = await import('./validation-cases.ts')
    return [
      ...(await validationCases('post', corpus)),
      ...(await validationCases('thread', corpus, false)),
    ]
  },
}

function refuse(): never {
  throw new EvalError('Code generation from strings is disallowed')
}
