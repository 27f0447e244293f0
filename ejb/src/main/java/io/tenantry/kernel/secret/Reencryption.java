package io.tenantry.kernel.secret;

import java.util.function.Predicate;

/**
 * Secrets of which one after the other is sealed anew with the key that seals now. Each is a change of its own, so that one that is shut keeps
 * none of the others back.
 */
public final class Reencryption {
    private final Vault vault;

    private int anew;
    private int shut;

    public Reencryption(Vault vault) {
        this.vault = vault;
    }

    /**
     * Seals one anew, unless the newest key has sealed it.
     *
     * @param replace puts another seal in the place of that one; false if somebody was faster
     */
    public void seal(EncryptedSecret old, String place, Predicate<EncryptedSecret> replace) {
        if (vault.isCurrent(old)) {
            return;
        }
        try {
            anew += replace.test(vault.seal(vault.open(old, place), place)) ? 1 : 0;
        } catch (VaultException locked) {
            shut++;
        }
    }

    /** What was done so far. */
    public SecretStore.Count count() {
        return new SecretStore.Count(anew, shut);
    }
}
