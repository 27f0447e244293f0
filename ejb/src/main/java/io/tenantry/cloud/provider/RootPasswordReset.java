package io.tenantry.cloud.provider;

/** A provider that can reset the root password of a server. */
public interface RootPasswordReset {
    /**
     * The result of a reset.
     *
     * @param password shown once and not stored; empty if the provider sends it by email
     */
    record Reset(ProviderTask providerTask, String password) {
        @Override
        public String toString() {
            return "Reset[" + providerTask + "]";
        }
    }

    Reset resetPassword(String serverId);
}
