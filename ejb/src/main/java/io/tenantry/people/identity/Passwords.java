package io.tenantry.people.identity;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords, a few at a time: a hash is expensive on purpose, so a flood of sign-ins must not exhaust processors and memory,
 * nor the turns of all others ({@link TurnQueue}).
 */
@ApplicationScoped
public class Passwords {
    /** Strangers are refused after this time; short for the sake of the waiting thread. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Known devices wait longer: enough for a morning's rush. */
    private static final Duration PATIENCE_KNOWN = Duration.ofSeconds(10);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Inject
    Settings settings;

    Duration waitMax = PATIENCE;
    Duration waitMaxKnown = PATIENCE_KNOWN;
    TurnQueue turns = new TurnQueue(Math.max(1, PROCESSORS / 2), Math.max(16, Math.min(64, PROCESSORS * 8)));
    private PasswordHashing hashing = PasswordHashing.RECOMMENDED;
    /** The hash of a password that no one has: checked for unknown persons, so that they take as long. */
    private @Nullable String nobodys;

    @PostConstruct
    void prepare() {
        hashing = new PasswordHashing(
                settings.passwords().memoryKib(),
                settings.passwords().iterations(),
                PasswordHashing.RECOMMENDED.lanes());
        nobodys = hashing.hash(RandomTokens.secret());
    }

    /** Thrown if too many passwords are being checked already. Nothing was checked; retry a little later. */
    public static final class HashingBusyException extends RuntimeException {
        HashingBusyException() {
            super("too many passwords are being checked at once");
        }
    }

    /**
     * The caller on whose behalf a password is hashed or checked; the same key waits once.
     *
     * @param isKnown whether it is a known device or person: they take precedence over strangers
     */
    public record Caller(String key, boolean isKnown) {
        /** A network address from which no one has signed in under that name lately. */
        static Caller stranger(String network) {
            return new Caller("address " + network, false);
        }

        /** An authenticated person, or one who signed in from this network lately. */
        static Caller known(String person, String network) {
            return new Caller(Tenancy.scope().label() + " " + person + " " + network, true);
        }

        /** The system itself, for the demo. */
        public static Caller system() {
            return new Caller(Tenancy.scope().label() + " system", true);
        }
    }

    /**
     * Runs work that hashes or checks passwords when it is its turn. No transaction may be held in that time.
     *
     * @throws HashingBusyException if its turn does not come soon
     */
    public <T> T inTurn(Caller caller, Supplier<T> work) {
        try {
            var applicant = new TurnQueue.Applicant(Tenancy.scope(), caller.key(), caller.isKnown());
            if (!turns.enter(applicant, caller.isKnown() ? waitMaxKnown : waitMax)) {
                throw new HashingBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingBusyException();
        }
        try {
            return work.get();
        } finally {
            turns.leave();
        }
    }

    /**
     * Returns a new PHC string; call within {@link #inTurn}. The password is normalized first ({@link InputText#password}), so that it is the
     * same on every keyboard.
     */
    public String hash(String password) {
        return hashing.hash(InputText.password(password));
    }

    /**
     * Whether the password matches the PHC string; without one it takes as long and does not match. Hashes from before passwords were
     * normalized are of the password as typed, so one that normalization changes is tried in both forms.
     */
    public boolean matches(String password, Optional<String> phc) {
        var known = phc.orElse(nobodys);
        if (known == null) {
            throw new IllegalStateException("password hashing is not initialized");
        }
        var prepared = InputText.password(password);
        var matches = PasswordHashing.matches(prepared, known)
                || (!prepared.equals(password) && PasswordHashing.matches(password, known));
        return matches && phc.isPresent();
    }

    /** Whether the PHC string should be renewed, because the parameters have changed since. */
    public boolean isOutdated(String phc) {
        return hashing.isOutdated(phc);
    }
}
