// Files where there are none: browsers and edge workers.

/** The platform's own way to read a file: there is none. */
export const readText: ((path: string) => Promise<string | undefined>) | undefined = undefined

/** The platform's own way to replace a file: there is none. */
export const replaceText: ((path: string, text: string) => Promise<void>) | undefined = undefined
