package io.tenantry.people.identity;

import io.tenantry.tenancy.Sql;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Counts failed sign-ins by subject, in the scope of the transaction. */
final class FailureCounter {
    private static final String COUNT = """
            insert into sign_in_failure as f (subject, failures, last_at)
            values (?, 1, clock_timestamp())
            on conflict (subject) do update
               set failures = case when greatest(f.last_at, f.blocked_until) < excluded.last_at - cast(? as interval)
                                   then 1
                                   else f.failures + 1 end,
                   last_at = excluded.last_at,
                   blocked_until = null
             where f.blocked_until is null
                or f.blocked_until <= excluded.last_at
            returning failures
            """;

    private static final String PAUSE =
            "update sign_in_failure set blocked_until = last_at + cast(? as interval) where subject = ?";

    private static final String REMAINING = """
            select ceil(extract(epoch from blocked_until - clock_timestamp()))::int as seconds
              from sign_in_failure
             where subject = ?
            """;

    private static final String TAKE_BACK =
            "update sign_in_failure set failures = greatest(failures - 1, 0), blocked_until = null where subject = ?";

    private FailureCounter() {}

    /** Counts one more failure; returns how long to wait if the subject is throttled, in which case nothing was counted. */
    static Optional<Duration> count(Sql sql, String subject, SignInThrottle signInThrottle) {
        var failures = sql.first(
                COUNT, row -> row.whole("failures"), subject, SignInThrottle.FORGOTTEN_AFTER.toSeconds() + " seconds");
        if (failures.isEmpty()) {
            int seconds =
                    sql.first(REMAINING, row -> row.whole("seconds"), subject).orElse(1);
            return Optional.of(Duration.ofSeconds(Math.max(1, seconds)));
        }
        var pause = signInThrottle.pauseAfter(failures.get());
        if (!pause.isZero()) {
            sql.update(PAUSE, pause.toSeconds() + " seconds", subject);
        }
        return Optional.empty();
    }

    /** Reverts the count: the attempt did not fail. */
    static void takeBack(Sql sql, String subject) {
        sql.update(TAKE_BACK, subject);
    }

    /** Deletes subjects without failures for a day. */
    static void forgetOld(Sql sql) {
        sql.update("delete from sign_in_failure where last_at < now() - interval '1 day'");
    }

    /** Hashed, because people enter other things into the address field, even their password. */
    static String subject(String kind, String what) {
        return kind + ":" + HexFormat.of().formatHex(RandomTokens.sha256(what));
    }
}
