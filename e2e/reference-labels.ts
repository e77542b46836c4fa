// Labels of the reference implementation: a judge that shares no code with the SDK.

/** A label as the reference has it, its signature in bytes. */
export type ReferenceLabel = Record<string, unknown> & { sig?: Uint8Array }

/** A key of the reference. */
export interface ReferenceKeypair {
  did(): string
}

interface Crypto {
  Secp256k1Keypair: { create(): Promise<ReferenceKeypair> }
  P256Keypair: { create(): Promise<ReferenceKeypair> }
  verifySignature(did: string, bytes: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** Makes a key. */
export async function createReferenceKeypair(
  algorithm: 'k256' | 'p256',
): Promise<ReferenceKeypair> {
  const { P256Keypair, Secp256k1Keypair } = await loadCrypto()
  return algorithm === 'k256' ? Secp256k1Keypair.create() : P256Keypair.create()
}

/** Signs a label as the reference's labeler does. */
export async function signInReference(
  label: object,
  keypair: ReferenceKeypair,
): Promise<ReferenceLabel> {
  // The package gives out its service alone.
  const path = new URL('node_modules/@atproto/ozone/dist/mod-service/util.js', import.meta.url)
  const { signLabel } = (await import(path.href)) as {
    signLabel: (label: object, keypair: ReferenceKeypair) => Promise<ReferenceLabel>
  }
  return signLabel(label, keypair)
}

/** Whether the reference finds the signature of a label to be right. */
export async function verifyInReference(
  { sig, ...label }: ReferenceLabel,
  signingKey: string,
): Promise<boolean> {
  // A variable, because the compiler shall not look for packages that need not be there yet.
  const cbor: string = '@atproto/lex-cbor'
  const { encode } = (await import(cbor)) as { encode: (value: unknown) => Uint8Array }
  const crypto = await loadCrypto()
  return sig !== undefined && crypto.verifySignature(signingKey, encode(label), sig)
}

async function loadCrypto(): Promise<Crypto> {
  const name: string = '@atproto/crypto'
  return (await import(name)) as Crypto
}
