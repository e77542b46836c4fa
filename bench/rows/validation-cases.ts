// The cases that the rows of validation have in common.

import type { Corpus } from '../corpus/corpus.ts'
import type { Case } from '../harness/row.ts'
import { withFaults } from './faults.ts'
import { validatorsOf } from './validators.ts'
import type { Kind, Validator } from './validators.ts'

/** Few enough to stay in the processor's cache, whichever library comes first. */
const MAX_VALUES = 200

/** Validation of values of a kind: of valid ones, and of those with a fault where `faulty`. */
export async function validationCases(
  kind: Kind,
  { samples }: Corpus,
  faulty = true,
): Promise<Case[]> {
  const validators = await validatorsOf(kind)
  const valid = (samples[kind] ?? []).slice(0, MAX_VALUES).map(({ value }) => value)
  const cases = (name: string, values: readonly unknown[]): Case[] =>
    (['is', 'safeParse'] as const).map((method) => {
      const side = (validator: Validator): Case['sides'][0] => {
        const inputs = values.map((value) => validator.prepare(value))
        return {
          name: validator.library,
          checks: validator.checks,
          run() {
            for (const input of inputs) validator[method](input)
          },
          result: () => inputs.map((input) => validator[method](input)),
        }
      }
      const [ours, ...peers] = validators
      const sides: Case['sides'] = [side(ours), ...peers.map(side)]
      return { name: `${name}, ${method}`, items: values.length, sides }
    })
  return [
    ...cases(kind, valid),
    ...(faulty ? cases(`${kind} with a fault`, withFaults(kind, valid)) : []),
  ]
}
