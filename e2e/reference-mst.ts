// Trees of the reference implementation: a judge that shares no code with the SDK.

interface Tree {
  add(key: string, value: unknown): Promise<Tree>
  update(key: string, value: unknown): Promise<Tree>
  delete(key: string): Promise<Tree>
  getPointer(): Promise<{ toString(): string }>
}

interface ReferenceRepo {
  MST: { create(storage: object): Promise<Tree> }
  MemoryBlockstore: new () => object
}

/** Makes changes to a tree: a CID sets a key, undefined deletes one that is there. */
export class ReferenceTree {
  readonly #keys = new Set<string>()
  readonly #parse: (cid: string) => unknown
  #tree: Tree

  private constructor(tree: Tree, parse: (cid: string) => unknown) {
    this.#tree = tree
    this.#parse = parse
  }

  static async create(): Promise<ReferenceTree> {
    // Variables, because the compiler shall not look for packages that need not be there yet.
    const repo: string = '@atproto/repo'
    const data: string = '@atproto/lex-data'
    const { MST, MemoryBlockstore } = (await import(repo)) as ReferenceRepo
    const { parseCid } = (await import(data)) as { parseCid: (cid: string) => unknown }
    return new ReferenceTree(await MST.create(new MemoryBlockstore()), parseCid)
  }

  async change(key: string, cid: string | undefined): Promise<void> {
    const isThere = this.#keys.has(key)
    if (cid === undefined) {
      if (isThere) this.#tree = await this.#tree.delete(key)
      this.#keys.delete(key)
      return
    }
    const value = this.#parse(cid)
    this.#tree = await (isThere ? this.#tree.update(key, value) : this.#tree.add(key, value))
    this.#keys.add(key)
  }

  async root(): Promise<string> {
    return (await this.#tree.getPointer()).toString()
  }
}
