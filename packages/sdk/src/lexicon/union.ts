// The types of unions in generated code.

/** A member of a union: the object type with its `$type` present, as unions require. */
export type Typed<T extends { $type?: string }> = T & { $type: NonNullable<T['$type']> }

/**
 * What an open union may hold besides the members its lexicon names: an object of a `$type` that
 * this version does not know. Its type is a pattern that no real `$type` matches, so that comparing
 * `$type` with a literal narrows to the named member alone; at run time it is any other string.
 */
export interface UnknownMember {
  $type: UnknownType
  [field: string]: unknown
}

/** The `$type` of an {@link UnknownMember}. */
export type UnknownType = `${string}?`
