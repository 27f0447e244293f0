package io.tenantry.secret;

import java.util.function.Predicate;

/**
 * Secrets of which one after the other is sealed anew with the key that seals now. Each is a change of its own, so that one that is shut keeps
 * none of the others back.
 */
public final class Renewal {
    private final Vault vault;

    private int anew;
    private int shut;

    public Renewal(Vault vault) {
        this.vault = vault;
    }

    /**
     * Seals one anew, unless the newest key has sealed it.
     *
     * @param replace puts another seal in the place of that one; false if somebody was faster
     */
    public void seal(Sealed old, String place, Predicate<Sealed> replace) {
        if (vault.isCurrent(old)) {
            return;
        }
        try {
            anew += replace.test(vault.seal(vault.open(old, place), place)) ? 1 : 0;
        } catch (VaultLocked locked) {
            shut++;
        }
    }

    /** What was done so far. */
    public SecretKeeper.Count count() {
        return new SecretKeeper.Count(anew, shut);
    }
}
