// Operations of did:plc: what they say, how they are signed, and the names that follow from them.
// See https://web.plc.directory/spec/v0.1/did-plc
import { decodeBase64Url, encodeBase32, encodeBase64Url, sha256 } from '../base/index.ts'
import { verifySignature } from '../crypto/index.ts'
import type { Signer } from '../crypto/index.ts'
import { cidForCbor, encodeCbor } from '../data/index.ts'
import type { CidString, Did } from '../syntax/index.ts'
import { IdentityError } from './identity-error.ts'

/** What a did:plc is at a time. */
export interface PlcData {
  /** The keys that may change it, as did:key, from the most to the least powerful. */
  rotationKeys: readonly string[]
  /** Keys for other uses, as did:key, by their ids without the #: `atproto` signs repositories. */
  verificationMethods: Readonly<Record<string, string>>
  /** Other names, `at://` before a handle. */
  alsoKnownAs: readonly string[]
  /** Services by their ids without the #: `atproto_pds` is the PDS. */
  services: Readonly<Record<string, { readonly type: string; readonly endpoint: string }>>
}

/** Creates a DID, where `prev` is null, or replaces all that it says. */
export interface PlcUpdate extends PlcData {
  type: 'plc_operation'
  /** The operation that this one follows. */
  prev: CidString | null
}

/** Ends a DID. */
export interface PlcTombstone {
  type: 'plc_tombstone'
  prev: CidString
}

/** The older form of creating a DID. It is not made any more, but DIDs are hashes of it. */
export interface PlcLegacyCreate {
  type: 'create'
  signingKey: string
  recoveryKey: string
  handle: string
  service: string
  prev: null
}

/** An operation with its signature, as base64url. */
export type Signed<Operation> = Operation & { sig: string }

/** Every operation that a log may hold. */
export type PlcOperation = Signed<PlcUpdate> | Signed<PlcTombstone> | Signed<PlcLegacyCreate>

/** The largest operation that directories take, in bytes of DAG-CBOR. */
const MAX_OPERATION_BYTES = 7500

/**
 * Signs an operation with one of the rotation keys of the operation before it; of the first, with one
 * of its own.
 *
 * @throws IdentityError `invalid-operation` where it is larger than directories take.
 * @example
 * ```ts
 * const genesis = await signPlcOperation({ type: 'plc_operation', prev: null, ...data }, keypair)
 * await directory.submit(plcDid(genesis), genesis)
 * ```
 */
export async function signPlcOperation<Operation extends PlcUpdate | PlcTombstone>(
  operation: Operation,
  signer: Pick<Signer, 'sign'>,
): Promise<Signed<Operation>> {
  const sig = encodeBase64Url(await signer.sign(unsignedBytes(operation)))
  const signed = { ...operation, sig }
  if (encodeCbor(signed).length > MAX_OPERATION_BYTES) {
    throw new IdentityError(`The operation is over ${MAX_OPERATION_BYTES} bytes.`, {
      code: 'invalid-operation',
    })
  }
  return signed
}

/** The name of an operation, by which the next one follows it. */
export function plcOperationCid(operation: PlcOperation): CidString {
  return cidForCbor(operation)
}

/** The DID that an operation creates. */
export function plcDid(genesis: PlcOperation): Did {
  // Behind the b that says that it is base32.
  return `did:plc:${encodeBase32(sha256(encodeCbor(genesis))).slice(1, 25)}`
}

/**
 * @internal Which of the keys signed an operation, by its place among them; -1 where none did.
 */
export async function findSigner(
  operation: PlcOperation,
  keys: readonly string[],
): Promise<number> {
  const signature = decodeBase64Url(operation.sig)
  if (!signature) return -1
  const bytes = unsignedBytes(operation)
  for (const [index, key] of keys.entries()) {
    // A key that is none signs nothing.
    if (await verifySignature(key, bytes, signature).catch(() => false)) return index
  }
  return -1
}

/** @internal What a DID is after an operation; undefined after a tombstone. */
export function dataAfter(operation: PlcOperation): PlcData | undefined {
  switch (operation.type) {
    case 'plc_tombstone':
      return undefined
    case 'create': {
      const { handle, recoveryKey, service, signingKey } = operation
      return {
        rotationKeys: [recoveryKey, signingKey],
        verificationMethods: { atproto: signingKey },
        alsoKnownAs: [`at://${handle.replace(/^at:\/\//, '')}`],
        services: {
          atproto_pds: {
            type: 'AtprotoPersonalDataServer',
            endpoint: /^https?:\/\//.test(service) ? service : `https://${service}`,
          },
        },
      }
    }
    case 'plc_operation': {
      const { alsoKnownAs, rotationKeys, services, verificationMethods } = operation
      return { rotationKeys, verificationMethods, alsoKnownAs, services }
    }
  }
}

function unsignedBytes(operation: object): Uint8Array {
  const { sig: _, ...unsigned } = operation as { sig?: string }
  return encodeCbor(unsigned)
}
