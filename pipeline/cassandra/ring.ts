// Places on Cassandra's token ring (Murmur3Partitioner): −2^63 … 2^63−1. Pure.

export const firstToken = -(2n ** 63n);
export const lastToken = 2n ** 63n - 1n;
/** How many there are. */
export const ringTokens = 2n ** 64n;

/** Of a share of the ring only so many bits are told apart: more than a double holds would be made up. */
const shareSteps = 2 ** 52;

function clamp(token: bigint): bigint {
  if (token < firstToken) return firstToken;
  return token > lastToken ? lastToken : token;
}

/** Decimal digits as a token, the nearest on the ring. Throws where they are none. */
export function ringToken(digits: string): string {
  return clamp(BigInt(digits)).toString();
}

/** The token at a share of the ring: 0 its first, 1 its last. */
export function tokenAt(share: number): string {
  const steps = BigInt(Math.round(share * shareSteps));
  return clamp(firstToken + (ringTokens * steps) / BigInt(shareSteps)).toString();
}
