package io.tenantry.identity;

import io.tenantry.config.Settings;
import io.tenantry.text.InputText;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords, a few at a time: one hash is meant to be dear, so a flood of sign-ins may queue behind
 * itself, but not take the processors and the memory of everything else.
 */
@ApplicationScoped
public class Passwords {
    /** Who waits longer is told to come back; long enough for a morning's rush, short for the thread that waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Semaphore BENCH =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    @Inject
    Settings settings;

    private PasswordHashing hashing = PasswordHashing.RECOMMENDED;
    /** The hash of a password that nobody has: checked for unknown persons, so that they take as long. */
    private @Nullable String nobodys;

    @PostConstruct
    void prepare() {
        hashing = new PasswordHashing(
                settings.passwordMemoryKib(), settings.passwordIterations(), PasswordHashing.RECOMMENDED.lanes());
        nobodys = hashing.hash(Secrets.secret());
    }

    /** Too many passwords are being checked already. Nothing was checked; try again a little later. */
    public static final class Busy extends RuntimeException {
        Busy() {
            super("too many passwords are being checked at once");
        }
    }

    /**
     * Does work that hashes or checks passwords when it is its turn.
     *
     * @throws Busy if its turn does not come soon
     */
    public <T> T inTurn(Supplier<T> work) {
        try {
            if (!BENCH.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
        try {
            return work.get();
        } finally {
            BENCH.release();
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
