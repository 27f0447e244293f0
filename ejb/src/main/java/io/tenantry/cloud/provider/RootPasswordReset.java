package io.tenantry.cloud.provider;

/** A vendor that gives a server another root password. */
public interface RootPasswordReset {
    /**
     * What came of it.
     *
     * @param password to be shown once and kept nowhere; empty if the vendor mails it
     */
    record Reset(ProviderTask providerTask, String password) {
        @Override
        public String toString() {
            return "Reset[" + providerTask + "]";
        }
    }

    Reset resetPassword(String serverId);
}
