package io.tenantry.kernel.secret;

import java.util.Map;

/** Keeps sealed secrets in tables of tenants. Beans of this type are asked to seal them with another key when there is one. */
public interface SecretStore {
    /**
     * What was done.
     *
     * @param anew so many were sealed anew
     * @param shut so many do not open: their key is missing, or they were changed
     */
    record Count(int anew, int shut) {
        /** Both together. */
        public Count plus(Count other) {
            return new Count(anew + other.anew, shut + other.shut);
        }
    }

    /** Seals with the key that seals now what an older one sealed, for the current tenant. What is replaced meanwhile is left alone. */
    Count sealAnew();

    /** Whether the platform has such secrets too. */
    default boolean isOfPlatform() {
        return false;
    }

    /** How many secrets of the current tenant each key has sealed, by the keys' names. */
    Map<String, Integer> keys();
}
