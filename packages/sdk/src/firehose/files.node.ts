// Files where there is Node.
import { promises } from 'node:fs'

/** The text in a file, or undefined where there is no file. */
export const readText: (path: string) => Promise<string | undefined> = async (path) => {
  try {
    return await promises.readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a text beside the file, and puts it in its place once it is on the disk. */
export const replaceText: (path: string, text: string) => Promise<void> = async (path, text) => {
  const draft = `${path}.tmp`
  await promises.writeFile(draft, text, { flush: true })
  await promises.rename(draft, path)
}
