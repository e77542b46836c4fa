// Objects that are nothing but their keys and values.

/** Whether an object is one that a literal or `JSON.parse` makes, in any realm. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    prototype === Object.prototype ||
    prototype === null ||
    // Of another realm: its Object.prototype ends the chain as well.
    Object.getPrototypeOf(prototype) === null
  )
}
