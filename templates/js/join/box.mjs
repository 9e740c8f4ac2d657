// What the server hands over, taken apart (offer/visits/keys.py, for_browser), and bytes as addresses write them.

const KEY = 32;
const NONCE = 24;

/** Bytes as text: base64 without signs that a form would have to escape. */
export function toText(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes again. Throws for what is none of ours. */
export function toBytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

/** `{sender, nonce, box}`: a public key used once, 24 bytes, and the sealed key. */
export function boxed(handed) {
  const bytes = toBytes(handed);
  return {
    sender: bytes.subarray(0, KEY), nonce: bytes.subarray(KEY, KEY + NONCE), box: bytes.subarray(KEY + NONCE),
  };
}
