// What a log shows of values that are decoded when they are first read.

/**
 * Makes `console.log` of Node, Deno and Bun show the own properties of a class's instances with
 * their values, where it shows `[Getter]` otherwise. Where one throws, its error is shown instead:
 * a log never fails.
 *
 * @param prototype Of the class.
 */
export function showValues(prototype: object): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: object): unknown {
      try {
        return { ...this }
      } catch (fault) {
        return fault
      }
    },
  })
}
