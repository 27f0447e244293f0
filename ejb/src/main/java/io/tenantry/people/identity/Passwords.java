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
 * Hashes and checks passwords, a few at a time: one hash is meant to be expensive, so a flood of sign-ins must not take the processors and the
 * memory of everything else, nor the turns of everybody else ({@link TurnQueue}).
 */
@ApplicationScoped
public class Passwords {
    /** Strangers who wait longer are asked to come back; short for the thread that waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Known devices wait for longer: long enough for a morning's rush. */
    private static final Duration PATIENCE_KNOWN = Duration.ofSeconds(10);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Inject
    Settings settings;

    Duration patience = PATIENCE;
    Duration patienceKnown = PATIENCE_KNOWN;
    TurnQueue turns = new TurnQueue(Math.max(1, PROCESSORS / 2), Math.max(16, Math.min(64, PROCESSORS * 8)));
    private PasswordHashing hashing = PasswordHashing.RECOMMENDED;
    /** The hash of a password that nobody has: checked for unknown persons, so that they take as long. */
    private @Nullable String nobodys;

    @PostConstruct
    void prepare() {
        hashing = new PasswordHashing(
                settings.passwordMemoryKib(), settings.passwordIterations(), PasswordHashing.RECOMMENDED.lanes());
        nobodys = hashing.hash(RandomTokens.secret());
    }

    /** Too many passwords are being checked already. Nothing was checked; try again a little later. */
    public static final class HashingBusyException extends RuntimeException {
        HashingBusyException() {
            super("too many passwords are being checked at once");
        }
    }

    /**
     * On whose behalf a password is hashed or checked; the same key waits once.
     *
     * @param isKnown whether it is a device or person that was here before: they go before strangers
     */
    public record Caller(String key, boolean isKnown) {
        /** A network address from which nobody of that name has signed in lately. */
        static Caller stranger(String network) {
            return new Caller("address " + network, false);
        }

        /** A person who has shown who they are, or signed in from this network lately. */
        static Caller known(String person, String network) {
            return new Caller(Tenancy.scope().label() + " " + person + " " + network, true);
        }

        /** The system itself, for the demo. */
        public static Caller system() {
            return new Caller(Tenancy.scope().label() + " system", true);
        }
    }

    /**
     * Does work that hashes or checks passwords when it is its turn. No transaction may be held in that time.
     *
     * @throws Busy if its turn does not come soon
     */
    public <T> T inTurn(Caller caller, Supplier<T> work) {
        try {
            var applicant = new TurnQueue.Applicant(Tenancy.scope(), caller.key(), caller.isKnown());
            if (!turns.enter(applicant, caller.isKnown() ? patienceKnown : patience)) {
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
     * A new PHC string; call within {@link #inTurn}. The password is prepared first ({@link InputText#password}), so that it is the same on every
     * keyboard.
     */
    public String hash(String password) {
        return hashing.hash(InputText.password(password));
    }

    /**
     * Whether the password is the one behind the PHC string; without one it takes as long and is not. Hashes from before passwords were prepared
     * are of the password as it was typed, so one that the preparation changes is tried in both forms.
     */
    public boolean matches(String password, Optional<String> phc) {
        var known = phc.orElse(nobodys);
        if (known == null) {
            throw new IllegalStateException("passwords are not prepared");
        }
        var prepared = InputText.password(password);
        var matches = PasswordHashing.matches(prepared, known)
                || (!prepared.equals(password) && PasswordHashing.matches(password, known));
        return matches && phc.isPresent();
    }

    /** Whether the PHC string should be renewed, because our parameters have changed since. */
    public boolean isOutdated(String phc) {
        return hashing.isOutdated(phc);
    }
}
