package io.tenantry.kernel.secret;

import java.util.Map;

/** Stores sealed secrets in tables of tenants. Beans of this type are called to re-encrypt them when there is a new key. */
public interface SecretStore {
    /**
     * The result of a re-encryption.
     *
     * @param reencrypted the number of secrets that were re-encrypted
     * @param undecryptable the number of secrets that cannot be opened: their key is missing, or they were changed
     */
    record Count(int reencrypted, int undecryptable) {
        /** Returns the sum of both. */
        public Count plus(Count other) {
            return new Count(reencrypted + other.reencrypted, undecryptable + other.undecryptable);
        }
    }

    /**
     * Re-encrypts with the current key what an older one sealed, for the current tenant. Secrets that are replaced meanwhile are left alone.
     */
    Count reencrypt();

    /** Whether the platform has such secrets too. */
    default boolean isOfPlatform() {
        return false;
    }

    /** Returns how many secrets of the current tenant each key has sealed, by the keys' names. */
    Map<String, Integer> keys();
}
