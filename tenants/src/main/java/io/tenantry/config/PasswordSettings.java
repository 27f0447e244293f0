package io.tenantry.config;

/**
 * What one Argon2id hash of a password costs.
 *
 * @param memoryKib {@code tenantry.password.memory-kib} (19456): its memory; the default is OWASP's minimum as of 2026
 * @param iterations {@code tenantry.password.iterations} (2): the number of its passes
 */
public record PasswordSettings(int memoryKib, int iterations) {
    static PasswordSettings read(SettingsSource source) {
        return new PasswordSettings(
                source.whole("tenantry.password.memory-kib", 19_456, 1_024, 1_048_576),
                source.whole("tenantry.password.iterations", 2, 1, 20));
    }
}
