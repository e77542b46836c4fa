export { authenticate } from './authenticate.ts'
export { XrpcClient } from './client.ts'
export type { CallArguments, CallOutput } from './client.ts'
export {
  InternalServerError,
  InvalidRequestError,
  InvalidResponseError,
  isXrpcError,
  NetworkError,
  RateLimitExceededError,
  TimeoutError,
  UnauthorizedError,
  XrpcError,
  XrpcNotSupportedError,
} from './errors.ts'
export type {
  AnswerErrorOptions,
  CallErrorOptions,
  CallFacts,
  CarriedOut,
  XrpcErrorOptions,
} from './errors.ts'
export { createFetchHandler } from './fetch-handler.ts'
export type { FetchHandler } from './fetch-handler.ts'
export type { CallOptions, ProcedureOptions } from './options.ts'
export { paginate } from './paginate.ts'
export { proxied } from './proxied.ts'
export type { RateLimit } from './rate-limit.ts'
export type { XrpcResponse } from './response.ts'
export { MemoryReplayStore } from './replay-store.ts'
export type { MemoryReplayStoreOptions, ReplayStore } from './replay-store.ts'
export type { RetryEvent, RetryOptions } from './retry-options.ts'
export { ServiceAuthError } from './service-auth-error.ts'
export type { ServiceAuthErrorCode, ServiceAuthErrorOptions } from './service-auth-error.ts'
export { createServiceAuth } from './service-auth.ts'
export type { CreateServiceAuthOptions } from './service-auth.ts'
export type { ServiceAuthClaims } from './service-jwt.ts'
export { DEFAULT_SERVICE, parseService } from './service.ts'
export { createServices } from './services.ts'
export { sleep } from './sleep.ts'
export { verifyServiceAuth } from './verify-service-auth.ts'
export type { KeyResolver, VerifyServiceAuthOptions } from './verify-service-auth.ts'
