// The interface that libraries of validation share: https://standardschema.dev, version 1.

/** What a schema says of itself under the key `~standard`. */
export interface StandardSchema<Value> {
  readonly version: 1
  readonly vendor: string
  /** The value, or what is wrong with it. */
  readonly validate: (value: unknown) => StandardResult<Value>
  /** Carries the types. It never exists at run time. */
  readonly types?: { readonly input: Value; readonly output: Value } | undefined
}

/** The outcome of a validation. */
export type StandardResult<Value> =
  | { readonly value: Value; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string
        readonly path?: readonly PropertyKey[] | undefined
      }[]
    }
