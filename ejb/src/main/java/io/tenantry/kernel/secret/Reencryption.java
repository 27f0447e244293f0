package io.tenantry.kernel.secret;

import java.util.function.Predicate;

/**
 * The re-encryption of secrets with the current key, one by one. Each is a separate change, so that one that cannot be opened does not hold up
 * the others.
 */
public final class Reencryption {
    private final Vault vault;

    private int reencrypted;
    private int undecryptable;

    public Reencryption(Vault vault) {
        this.vault = vault;
    }

    /**
     * Re-encrypts one secret, unless the current key has sealed it.
     *
     * @param replace stores the new ciphertext in place of the old one; false if it was changed concurrently
     */
    public void seal(EncryptedSecret old, String place, Predicate<EncryptedSecret> replace) {
        if (vault.isCurrent(old)) {
            return;
        }
        try {
            reencrypted += replace.test(vault.seal(vault.open(old, place), place)) ? 1 : 0;
        } catch (VaultException locked) {
            undecryptable++;
        }
    }

    /** Returns what was done so far. */
    public SecretStore.Count count() {
        return new SecretStore.Count(reencrypted, undecryptable);
    }
}
