package io.tenantry.kernel.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses to which outgoing connections are allowed. Targets are entered by people (a panel's address, a webhook), so by default only
 * addresses of the public internet are allowed: otherwise a reseller could reach the network that the platform runs in (OWASP ASVS 5, 1.3.6).
 * An operator whose providers' panels are in the internal network allows private ones.
 *
 * <p>The check applies to the address that is then connected to, not to the name, however it is spelled and whatever it resolves to later.
 */
public enum AddressPolicy {
    /** Only the public internet. */
    PUBLIC,

    /** Private networks too (RFC 1918, RFC 4193), but never this machine nor the cloud's own services. */
    PRIVATE,

    /** Everything, including this machine: for tests and for the demo. */
    ANY;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /** Metadata services of Amazon and Google, whose addresses are otherwise private. */
    private static final List<byte[]> CLOUD_METADATA_V6 = List.of(
            new byte[] {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54},
            new byte[] {(byte) 0xfd, 0x20, 0, (byte) 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54});

    /** Whether connections to that address are allowed. */
    public boolean allows(InetAddress address) {
        if (this == ANY) {
            return true;
        }
        var bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            var inner = inner4(bytes);
            if (inner.length == IPV4_BYTES) {
                return allows4(inner);
            }
            return allows6(address, bytes);
        }
        return address instanceof Inet4Address && allows4(bytes);
    }

    private boolean allows4(byte[] bytes) {
        var a = bytes[0] & 0xff;
        var b = bytes[1] & 0xff;
        var c = bytes[2] & 0xff;
        if (a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168)) {
            return this == PRIVATE;
        }
        var special = a == 0 // this network
                || a == 127
                || (a == 100 && b >= 64 && b < 128) // shared by carriers, RFC 6598
                || (a == 169 && b == 254) // link-local, including cloud metadata
                || (a == 168 && b == 63 && c == 129 && (bytes[3] & 0xff) == 16) // Azure's services for its machines
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 192 && b == 88 && c == 99)
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113)
                || a >= 224; // multicast, reserved, broadcast
        return !special;
    }

    private boolean allows6(InetAddress address, byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return this == PRIVATE && CLOUD_METADATA_V6.stream().noneMatch(one -> Arrays.equals(one, bytes));
        }
        var global = (bytes[0] & 0xe0) == 0x20; // 2000::/3, all that is allocated
        var documentation = startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8)
                || (startsWith(bytes, 0x3f, 0xff) && (bytes[2] & 0xf0) == 0); // RFC 9637
        return global && !documentation && !address.isMulticastAddress();
    }

    /** Returns the IPv4 address embedded in an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo), or nothing. */
    private static byte[] inner4(byte[] bytes) {
        if (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
                || startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                || startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return Arrays.copyOfRange(bytes, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES);
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return Arrays.copyOfRange(bytes, 2, 2 + IPV4_BYTES);
        }
        if (startsWith(bytes, 0x20, 0x01, 0, 0)) {
            var client = Arrays.copyOfRange(bytes, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES);
            for (var i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return client;
        }
        return new byte[0];
    }

    private static boolean startsWith(byte[] bytes, int... first) {
        for (var i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xff) != first[i]) {
                return false;
            }
        }
        return true;
    }
}
