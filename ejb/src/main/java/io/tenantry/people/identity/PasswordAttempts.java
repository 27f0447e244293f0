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
 * The order in which an attempt to show a password is dealt with: few at once of one address, then the counters of failures, then the queue for
 * the check. An attempt that is paused takes nobody's turn, and one that got no turn counts as no failure. No transaction is open in between.
 */
@ApplicationScoped
public class PasswordAttempts {
    private static final Logger LOG = System.getLogger(PasswordAttempts.class.getName());
    private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

    /** At once from one network address, in all of this: an office may share one. */
    private static final int AT_ONCE = 8;

    @Inject
    Passwords passwords;

    @Inject
    SignInTransactions signInTransactions;

    @Inject
    AddressFailures addresses;

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * Checks a password, if it may be checked now.
     *
     * @param isTrusted whether the person has shown already who they are, so that they wait as a known device does
     * @param check looks at the password, in its turn
     * @param isRight whether that was the right one
     * @param paused the answer if it may not be checked for this time
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
                    "attempt put off known={0}: {1}",
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
