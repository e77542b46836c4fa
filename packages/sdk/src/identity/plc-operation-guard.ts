// Whether what a directory gave is an operation.
import type { PlcOperation } from './plc-operation.ts'

/** @internal Whether a value has the form of a signed operation. Its signature is not checked. */
export function isPlcOperation(value: unknown): value is PlcOperation {
  if (typeof value !== 'object' || value === null) return false
  const operation = value as Record<string, unknown>
  if (!isText(operation['sig'])) return false
  switch (operation['type']) {
    case 'plc_operation':
      return (
        (operation['prev'] === null || isText(operation['prev'])) &&
        isListOfTexts(operation['rotationKeys']) &&
        isListOfTexts(operation['alsoKnownAs']) &&
        isMapOf(isText, operation['verificationMethods']) &&
        isMapOf(isService, operation['services'])
      )
    case 'plc_tombstone':
      return isText(operation['prev'])
    case 'create':
      return (
        operation['prev'] === null &&
        ['signingKey', 'recoveryKey', 'handle', 'service'].every((name) => isText(operation[name]))
      )
    default:
      return false
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

function isMapOf(isMember: (member: unknown) => boolean, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isMember)
  )
}

function isService(value: unknown): boolean {
  const { type, endpoint } = Object(value) as { type?: unknown; endpoint?: unknown }
  return isText(type) && isText(endpoint)
}
