package io.tenantry.people.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * Argon2id hashing, stored as a PHC string with its own parameters, so that they can be raised and old hashes renewed at the next sign-in.
 *
 * @param memoryKib memory of one hash in KiB
 * @param iterations passes over that memory
 * @param lanes lanes; one keeps the work in the calling thread
 */
record PasswordHashing(int memoryKib, int iterations, int lanes) {
    /** OWASP Password Storage Cheat Sheet (2024): 19 MiB, two passes, one lane; about 40 ms on a server core. */
    static final PasswordHashing RECOMMENDED = new PasswordHashing(19_456, 2, 1);

    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    PasswordHashing {
        if (memoryKib < 8 * lanes || iterations < 1 || lanes < 1) {
            throw new IllegalArgumentException("argon2id needs at least 8 KiB a lane, one pass and one lane, not "
                    + memoryKib + " KiB, " + iterations + " passes, " + lanes + " lanes");
        }
    }

    /** Returns a new PHC string for the password. */
    String hash(String password) {
        return Password.hash(password)
                .addRandomSalt(SALT_BYTES)
                .with(function())
                .getResult();
    }

    /** Whether the password matches the PHC string, with any parameters. */
    static boolean matches(String password, String phc) {
        return Password.check(password, phc).with(Argon2Function.getInstanceFromHash(phc));
    }

    /** Whether the PHC string was made with other parameters than these. */
    boolean isOutdated(String phc) {
        return !Argon2Function.getInstanceFromHash(phc).equals(function());
    }

    private Argon2Function function() {
        return Argon2Function.getInstance(memoryKib, iterations, lanes, HASH_BYTES, Argon2.ID);
    }
}
