// Checks repositories with the reference implementation: a judge that shares no code with the SDK.

/** An event and what it must agree with. */
export interface JudgedCommit {
  did: string
  signingKey: string
  /** The root of the tree after it. */
  data: string
  blocks: Uint8Array
  ops: readonly {
    readonly path: string
    readonly cid: { readonly $link: string } | null
    readonly prev?: { readonly $link: string }
  }[]
}

interface Cid {
  toString(): string
}

interface Claim {
  collection: string
  rkey: string
  cid: Cid | null
}

interface Tree {
  add(key: string, cid: Cid): Promise<Tree>
  update(key: string, cid: Cid): Promise<Tree>
  delete(key: string): Promise<Tree>
  getPointer(): Promise<Cid>
}

interface ReferenceRepo {
  verifyRepoCar: (
    car: Uint8Array,
    did: string,
    signingKey: string,
  ) => Promise<{ creates: { collection: string; rkey: string; cid: Cid }[] }>
  verifyProofs: (
    car: Uint8Array,
    claims: Claim[],
    did: string,
    signingKey: string,
  ) => Promise<{ unverified: Claim[] }>
  readCarWithRoot: (car: Uint8Array) => Promise<{ blocks: object }>
  MemoryBlockstore: new (blocks: object) => object
  MST: { load: (storage: object, root: Cid) => Tree }
}

/**
 * The records of a repository, as `collection/rkey CID` in their order.
 *
 * @throws {Error} where the repository is not whole or not signed with the key.
 */
export async function readReferenceRepo(
  car: Uint8Array,
  did: string,
  signingKey: string,
): Promise<string[]> {
  const { verifyRepoCar } = await loadReference()
  const { creates } = await verifyRepoCar(car, did, signingKey)
  return creates.map(({ collection, rkey, cid }) => `${collection}/${rkey} ${String(cid)}`)
}

/**
 * The root of the tree before a commit, found by undoing its operations on the blocks of its event.
 *
 * @throws {Error} where a block is missing, the signature is not of the key, or an operation does not
 * agree with the tree.
 */
export async function undoInReference(commit: JudgedCommit): Promise<string> {
  const { verifyProofs, readCarWithRoot, MemoryBlockstore, MST } = await loadReference()
  const { parse } = await loadCids()
  const claims = commit.ops.map(({ path, cid }): Claim => {
    const [collection = '', rkey = ''] = path.split('/')
    return { collection, rkey, cid: cid && parse(cid.$link) }
  })
  const proofs = await verifyProofs(commit.blocks, claims, commit.did, commit.signingKey)
  if (proofs.unverified.length > 0) throw new Error('An operation does not agree with the tree')

  const { blocks } = await readCarWithRoot(commit.blocks)
  let tree = MST.load(new MemoryBlockstore(blocks), parse(commit.data))
  for (const { path, cid, prev } of commit.ops) {
    if (!prev) tree = await tree.delete(path)
    else if (cid) tree = await tree.update(path, parse(prev.$link))
    else tree = await tree.add(path, parse(prev.$link))
  }
  return String(await tree.getPointer())
}

// Variables, because the compiler shall not look for packages that need not be there yet.
async function loadReference(): Promise<ReferenceRepo> {
  const name: string = '@atproto/repo'
  return (await import(name)) as ReferenceRepo
}

async function loadCids(): Promise<{ parse: (text: string) => Cid }> {
  const name: string = '@atproto/lex-data'
  const { parseCid } = (await import(name)) as { parseCid: (text: string) => Cid }
  return { parse: parseCid }
}
