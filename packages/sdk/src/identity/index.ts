export { DEFAULT_AGES } from './cached-lookup.ts'
export type { CacheAges } from './cached-lookup.ts'
export { claimedHandle, INVALID_HANDLE } from './claimed-handle.ts'
export { pdsEndpoint, serviceEndpoint } from './did-document.ts'
export type { DidDocument, ServiceEntry, VerificationMethod } from './did-document.ts'
export { DEFAULT_DOH_URL, dnsOverHttps } from './dns-over-https.ts'
export type { ResolveTxt } from './dns-over-https.ts'
export type { ExplainedStep, Explanation } from './explain.ts'
export { MAX_BODY_BYTES } from './fetch-text.ts'
export { MemoryIdentityCache } from './identity-cache.ts'
export type { CacheEntry, IdentityCache, MemoryIdentityCacheOptions } from './identity-cache.ts'
export { IdentityError } from './identity-error.ts'
export type { IdentityErrorCode, IdentityErrorOptions } from './identity-error.ts'
export { DEFAULT_PLC_URL, IdentityResolver } from './identity-resolver.ts'
export type { IdentityResolverOptions } from './identity-resolver.ts'
export type { Identity } from './identity.ts'
export { PdsFinder } from './pds-finder.ts'
export type { AccountResolver, PdsFinderTarget } from './pds-finder.ts'
export { PlcDirectory } from './plc-directory.ts'
export type { PlcDirectoryOptions } from './plc-directory.ts'
export { verifyPlcLog } from './plc-log.ts'
export type { PlcLogEntry, PlcState } from './plc-log.ts'
export { plcDid, plcOperationCid, signPlcOperation } from './plc-operation.ts'
export type {
  PlcData,
  PlcLegacyCreate,
  PlcOperation,
  PlcTombstone,
  PlcUpdate,
  Signed,
} from './plc-operation.ts'
export { verificationKey } from './verification-key.ts'
