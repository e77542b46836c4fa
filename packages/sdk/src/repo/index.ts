export { MemoryBlockStore } from './block-store.ts'
export type { BlockSource, BlockStore } from './block-store.ts'
export { checkCommitEvent } from './check-commit-event.ts'
export type {
  CheckCommitEventOptions,
  CheckedCommitEvent,
  CheckEventOptions,
} from './check-commit-event.ts'
export { checkSyncEvent } from './check-sync-event.ts'
export { verifyCommit } from './commit-signature.ts'
export type { CommitOptions, SignatureCheck } from './commit-signature.ts'
export type { CommitBlock, RepoCommit } from './commit.ts'
export { diffRepos } from './diff-repos.ts'
export type { RepoOp } from './diff-repos.ts'
export { withFetchedBlocks } from './fetched-blocks.ts'
export { mstKeyHeight } from './mst-key.ts'
export { Mst } from './mst.ts'
export type { MstChange, MstEntry, MstPart, MstRange } from './mst.ts'
export type { ReadRepoOptions } from './read-repo-options.ts'
export { readRepo } from './read-repo.ts'
export { verifyRecordProof } from './record-proof.ts'
export type { RecordProof, RecordProofOptions } from './record-proof.ts'
export type { Repo } from './repo-bytes.ts'
export { RepoChain } from './repo-chain.ts'
export type {
  ChainEventOptions,
  ChainOutcome,
  DesynchronizedReason,
  RepoState,
  RepoStateStore,
} from './repo-chain.ts'
export { RepoError } from './repo-error.ts'
export type { RepoErrorCode, RepoErrorOptions } from './repo-error.ts'
export type { CommitEvent, CommitEventOp, EventLink, SyncEvent } from './repo-event.ts'
export type { RepoRecord } from './repo-record.ts'
export type { RepoStream } from './repo-stream.ts'
export { verifyCommitEvent } from './verify-commit-event.ts'
export type {
  CommitVerification,
  VerifyCommitEventOptions,
  VerifyEventOptions,
} from './verify-commit-event.ts'
export { verifySyncEvent } from './verify-sync-event.ts'
export type { SyncVerification } from './verify-sync-event.ts'
export type { WrittenCommitEvent, WrittenOp, WrittenSyncEvent } from './writer-event.ts'
export type { RepoWrite } from './writer-ops.ts'
export { RepoWriter } from './writer.ts'
export type { RepoUpdate, RepoWriterOptions } from './writer.ts'
