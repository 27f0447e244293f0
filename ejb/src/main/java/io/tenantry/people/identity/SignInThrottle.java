package io.tenantry.people.identity;

import java.time.Duration;

/**
 * How long to wait after failures to sign in. The pause grows with each failure and never exceeds a quarter of an hour,
 * so guessing becomes pointless and nobody is locked out for good; a quiet quarter of an hour forgets everything. The
 * address from which a person has signed in lately has a counter of its own, so that strangers who guess from elsewhere
 * cannot keep that person out.
 */
enum SignInThrottle {
    /** One person's account: five attempts are ordinary forgetfulness. */
    ACCOUNT(5, Duration.ofSeconds(30)),
    /** One network address: thirty, because an office shares one. */
    ADDRESS(30, Duration.ofMinutes(1)),
    /** One network address at all resellers together: sixty, because customers of several may share one. */
    ADDRESS_EVERYWHERE(60, Duration.ofMinutes(1));

    /** After this much quiet the failures are forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private static final Duration PAUSE_MAX = Duration.ofMinutes(15);
    private static final int DOUBLINGS_MAX = 10;

    private final int failuresFree;
    private final Duration firstPause;

    SignInThrottle(int failuresFree, Duration firstPause) {
        this.failuresFree = failuresFree;
        this.firstPause = firstPause;
    }

    /** The pause after the given number of failures in a row; zero while they are still ordinary. */
    Duration pauseAfter(int failures) {
        if (failures < failuresFree) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - failuresFree, DOUBLINGS_MAX);
        var pause = firstPause.multipliedBy(1L << doublings);
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }
}
