/** Ids in the examples: the organization of the sample documents, another one, and two policies. */
export const acme = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
export const other = '0f0d9c4e-7a11-4b57-8a35-6d2b1f0c9e77'
export const staffPolicy = '90781be9-0863-45f0-92b9-1612379ffa5c'
export const secondPolicy = '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01'

/** Names of runs, and the digests of two plans. */
export const run = '2026-11-24T09-30-00Z-1f3a'
export const laterRun = '2026-11-24T11-05-12Z-77c0'
export const digest = '5f1c0a9be4d27c3386a1f0d4b8e95c7712f6a3d09c48e1b7a65d20f3948cbe61'
export const otherDigest = 'c07e4b1d93a8f652e1b06d7c4f8a2935d0e6c1b74a9f3852eb17d60c48f92a3d'
