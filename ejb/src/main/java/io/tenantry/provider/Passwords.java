package io.tenantry.provider;

/** A vendor that gives a server another root password. */
public interface Passwords {
    /**
     * What came of it.
     *
     * @param password to be shown once and kept nowhere; empty if the vendor mails it
     */
    record Reset(Task task, String password) {
        @Override
        public String toString() {
            return "Reset[" + task + "]";
        }
    }

    Reset resetPassword(String serverId);
}
