package io.tenantry.people.identity;

import java.time.Duration;

/**
 * The pause after failed sign-ins. It grows with each failure and never exceeds a quarter of an hour, so guessing becomes pointless and no one
 * is locked out permanently; after a quarter of an hour without failures everything is forgotten. The address from which a person has signed in
 * lately has a separate counter, so that strangers who guess from elsewhere cannot keep that person out.
 */
enum SignInThrottle {
    /** One person's account: five attempts are ordinary forgetfulness. */
    ACCOUNT(5, Duration.ofSeconds(30)),
    /** One network address: thirty, because an office shares one. */
    ADDRESS(30, Duration.ofMinutes(1)),
    /** One network address over all resellers: sixty, because customers of several may share one. */
    ADDRESS_EVERYWHERE(60, Duration.ofMinutes(1));

    /** The time without failures after which they are forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private static final Duration PAUSE_MAX = Duration.ofMinutes(15);
    private static final int DOUBLINGS_MAX = 10;

    private final int failuresFree;
    private final Duration firstPause;

    SignInThrottle(int failuresFree, Duration firstPause) {
        this.failuresFree = failuresFree;
        this.firstPause = firstPause;
    }

    /** Returns the pause after the given number of consecutive failures; zero while they are still ordinary. */
    Duration pauseAfter(int failures) {
        if (failures < failuresFree) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - failuresFree, DOUBLINGS_MAX);
        var pause = firstPause.multipliedBy(1L << doublings);
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }
}
