// Reads CARs with the reference implementation: a judge that shares no code with the SDK.

/** What a CAR holds, by CID. */
export interface CarContents {
  roots: string[]
  /** Of its blocks, in their order. */
  cids: string[]
}

interface ReferenceRepo {
  readCarStream: (source: Iterable<Uint8Array>) => Promise<{
    roots: { toString(): string }[]
    blocks: AsyncIterable<{ cid: { toString(): string } }>
  }>
}

/**
 * Reads a CAR and checks the hash of every block.
 *
 * @throws {Error} where the bytes are no CAR or a block is not what its CID says.
 */
export async function readReferenceCar(bytes: Uint8Array): Promise<CarContents> {
  // A variable, because the compiler shall not look for a package that need not be there yet.
  const name: string = '@atproto/repo'
  const { readCarStream } = (await import(name)) as ReferenceRepo
  const { roots, blocks } = await readCarStream([bytes])
  const cids: string[] = []
  for await (const { cid } of blocks) cids.push(cid.toString())
  return { roots: roots.map(String), cids }
}
