// The audit log of a did:plc, checked from the first operation to the last. Who has the log need not
// trust the directory: it can leave out operations and choose between branches, but not make them up.
import type { CidString, Did } from '../syntax/index.ts'
import { IdentityError } from './identity-error.ts'
import type { IdentityErrorCode } from './identity-error.ts'
import { dataAfter, findSigner, plcDid, plcOperationCid } from './plc-operation.ts'
import type { PlcData, PlcOperation } from './plc-operation.ts'
import { isPlcOperation } from './plc-operation-guard.ts'

/** An operation as the directory keeps it. */
export interface PlcLogEntry {
  did: Did
  operation: PlcOperation
  cid: CidString
  /** Whether a later operation undid it. */
  nullified: boolean
  /** When the directory got it. */
  createdAt: string
}

/** What a log comes to. */
export interface PlcState {
  did: Did
  /** What the DID is now; undefined where it was ended. */
  data: PlcData | undefined
  /** The last operation that counts, which the next one has to follow. */
  head: PlcLogEntry
}

/** For how long a more powerful key may undo operations. */
const RECOVERY_WINDOW = 72 * 60 * 60 * 1000

/** An operation that counts, and the place of its signer among the keys that might have signed it. */
interface Link {
  entry: PlcLogEntry
  signer: number
}

/**
 * Checks a whole audit log, operations that were undone included: that the DID is that of the first
 * operation, that each one is named and signed rightly and follows another, and that operations were
 * undone only by a more powerful key and within 72 hours.
 *
 * @param entries As the directory gives them, oldest first; they are checked to be of this form.
 * @throws IdentityError `invalid-operation`, `wrong-genesis`, `wrong-cid`, `misordered-operation`,
 *   `unauthorized-operation`, `late-recovery`, `wrong-nullification`.
 * @see https://web.plc.directory/spec/v0.1/did-plc
 */
export async function verifyPlcLog(did: Did, entries: readonly PlcLogEntry[]): Promise<PlcState> {
  const history: Link[] = []
  const undone = new Set<PlcLogEntry>()
  for (const [index, entry] of entries.entries()) {
    const refuse = (code: IdentityErrorCode, reason: string) =>
      new IdentityError(`Operation ${index} of ${did} ${reason}.`, { code })
    const { cid, createdAt, operation } = Object(entry) as PlcLogEntry
    if (!isPlcOperation(operation) || Number.isNaN(Date.parse(createdAt)) || entry.did !== did) {
      throw refuse('invalid-operation', 'is not of the form of operations')
    }
    if (cid !== plcOperationCid(operation)) throw refuse('wrong-cid', `is not ${cid}`)
    if (index === 0) {
      const keys = operation.prev === null ? (dataAfter(operation)?.rotationKeys ?? []) : []
      if (plcDid(operation) !== did) throw refuse('wrong-genesis', 'creates another DID')
      const signer = await findSigner(operation, keys)
      if (signer < 0) throw refuse('unauthorized-operation', 'is not signed by a key of its own')
      history.push({ entry, signer })
      continue
    }

    const at = history.findIndex((link) => link.entry.cid === operation.prev)
    const keys = at < 0 ? undefined : dataAfter(history[at]!.entry.operation)?.rotationKeys
    if (!keys || operation.type === 'create') {
      throw refuse('misordered-operation', 'follows none that it may follow')
    }
    const forked = history.splice(at + 1)
    // What undoes operations has to be signed by a key above the one that signed the first of them.
    const entitled = forked[0] ? keys.slice(0, forked[0].signer) : keys
    const signer = await findSigner(operation, entitled)
    if (signer < 0) throw refuse('unauthorized-operation', 'is not signed by a key that may')
    if (forked[0]) {
      const time = Date.parse(createdAt)
      if (time <= Date.parse(entries[index - 1]!.createdAt)) {
        throw refuse('misordered-operation', 'is not later than what it undoes')
      }
      if (time - Date.parse(forked[0].entry.createdAt) > RECOVERY_WINDOW) {
        throw refuse('late-recovery', 'undoes one that is older than 72 hours')
      }
    }
    for (const link of forked) undone.add(link.entry)
    history.push({ entry, signer })
  }

  const head = history.at(-1)?.entry
  if (!head) throw new IdentityError(`The log of ${did} is empty.`, { code: 'invalid-operation' })
  if (entries.some((entry) => entry.nullified !== undone.has(entry))) {
    throw new IdentityError(`The log of ${did} is wrong about what was undone.`, {
      code: 'wrong-nullification',
    })
  }
  return { did, data: dataAfter(head.operation), head }
}
