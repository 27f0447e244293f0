package io.tenantry.people.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The sequence of checks for a password attempt: first the limit of concurrent attempts per address, then the failure counters, then the queue
 * for hashing. A throttled attempt does not enter the queue, and one that got no turn does not count as a failure. No transaction is open in
 * between.
 */
@ApplicationScoped
public class PasswordAttempts {
    private static final Logger LOG = System.getLogger(PasswordAttempts.class.getName());
    private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

    /** Concurrent attempts from one network address, over all of this: an office may share one. */
    private static final int AT_ONCE = 8;

    @Inject
    Passwords passwords;

    @Inject
    SignInTransactions signInTransactions;

    @Inject
    AddressFailures addresses;

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * Checks a password, if permitted now.
     *
     * @param isTrusted whether the person is already authenticated, so that they wait like a known device
     * @param check checks the password, in its turn
     * @param isRight whether the password was right
     * @param paused the result if the attempt is throttled for this time
     */
    <T> T check(
            String email,
            String address,
            boolean isTrusted,
            Function<SignInTransactions.Attempt, T> check,
            Predicate<T> isRight,
            Function<Duration, T> paused) {
        var network = NetworkAddress.network(address);
        if (!begin(network)) {
            return paused.apply(BUSY_RETRY);
        }
        try {
            var admission = signInTransactions.admit(email, address);
            if (admission instanceof SignInTransactions.Admission.Paused pause) {
                return paused.apply(pause.retryAfter());
            }
            var attempt = ((SignInTransactions.Admission.Admitted) admission).attempt();
            var pause = addresses.count(network);
            if (pause.isPresent()) {
                signInTransactions.putOff(attempt);
                return paused.apply(pause.get());
            }
            return inTurn(attempt, network, isTrusted || attempt.isFamiliar(), check, isRight, paused);
        } finally {
            end(network);
        }
    }

    private <T> T inTurn(
            SignInTransactions.Attempt attempt,
            String network,
            boolean isKnown,
            Function<SignInTransactions.Attempt, T> check,
            Predicate<T> isRight,
            Function<Duration, T> paused) {
        var caller = isKnown ? Passwords.Caller.known(attempt.account(), network) : Passwords.Caller.stranger(network);
        T outcome;
        try {
            outcome = passwords.inTurn(caller, () -> check.apply(attempt));
        } catch (Passwords.HashingBusyException hashingBusyException) {
            LOG.log(
                    isKnown ? Level.WARNING : Level.INFO,
                    "attempt postponed known={0}: {1}",
                    isKnown,
                    hashingBusyException.getMessage());
            signInTransactions.putOff(attempt);
            addresses.takeBack(network);
            return paused.apply(BUSY_RETRY);
        }
        if (isRight.test(outcome)) {
            addresses.takeBack(network);
        }
        return outcome;
    }

    private boolean begin(String network) {
        if (underWay.merge(network, 1, Integer::sum) <= AT_ONCE) {
            return true;
        }
        end(network);
        return false;
    }

    private void end(String network) {
        underWay.computeIfPresent(network, (address, count) -> count == 1 ? null : count - 1);
    }
}
