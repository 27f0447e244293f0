package io.tenantry.cloud.provisioning;

import java.util.UUID;

/** Addresses of sandbox servers, from the block 198.18.0.0/15, which RFC 2544 reserves for benchmarks and which is not routed. */
final class SandboxAddress {
    private SandboxAddress() {}

    static String of(UUID service) {
        var bits = service.getLeastSignificantBits();
        return "198." + (18 + (bits >>> 16 & 1)) + "." + (bits >>> 8 & 0xff) + "." + (1 + (bits & 0xff) % 254);
    }
}
