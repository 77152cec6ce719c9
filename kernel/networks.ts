import ipaddr from 'ipaddr.js';

/** A stretch of addresses: an address, and how many of its bits are the same for all of them. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Reads `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`, and writes it in the one way that networks are kept; null for any other text. */
export function networkFrom(text: string): string | null {
  const network = networkOf(text.trim());
  if (!network) return null;
  const [address, bits] = network;
  const bytes = address.toByteArray().map((byte, at) => byte & (0xff << (8 - Math.min(8, Math.max(0, bits - at * 8)))) & 0xff);
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

/** Networks as `networkFrom` wrote them; what is none is left out. */
export function networksFrom(texts: readonly string[]): readonly Network[] {
  return texts.map(networkOf).filter(network => network !== null);
}

/** Whether an address lies in one of the networks. One that is no address lies in none; an IPv4 address in IPv6 is the IPv4 address. */
export function isWithin(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const found = ipaddr.process(address);
  return networks.some(([network, bits]) => network.kind() === found.kind() && found.match(network, bits));
}

function networkOf(text: string): Network | null {
  if (!/^[0-9a-f:.]+(\/\d{1,3})?$/i.test(text)) return null;
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    // Old ways to write an IPv4 address, such as one number, are none here.
    if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null;
    const address = ipaddr.process(text);
    return [address, address.toByteArray().length * 8];
  } catch {
    return null;
  }
}
