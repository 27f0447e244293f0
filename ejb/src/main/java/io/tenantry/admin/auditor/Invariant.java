package io.tenantry.admin.auditor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * An invariant, as a query that finds its violations. Each is a file beside this class, so that people can run it by hand: a comment that
 * explains it, and a statement with the columns {@code wallet_id} (or null) and {@code detail}.
 *
 * @param name its name in findings, on the admin site and for a parked wallet
 * @param explanation one English sentence that states what must be true
 * @param sql returns a row for each violation, none if the invariant holds
 */
public record Invariant(String name, String explanation, String sql) {
    /** The invariants of each tenant; checked within the tenant's schema. */
    static final List<Invariant> OF_TENANTS = Stream.of(
                    "entry-balances",
                    "entry-has-two-postings",
                    "posting-has-entry-and-account",
                    "idempotency-key-unique",
                    "wallet-has-account",
                    "wallet-balance",
                    "wallet-version",
                    "running-balance",
                    "wallet-pace",
                    "wallet-alert",
                    "crossing-told",
                    "hold-of-service",
                    "hold-ends",
                    "one-open-period",
                    "open-period-of-running-service",
                    "period-of-service",
                    "periods-contiguous",
                    "hours-of-ended",
                    "paused-hours",
                    "way-has-work",
                    "wish-of-service",
                    "option-has-work",
                    "option-terms",
                    "option-has-host",
                    "hours-charged",
                    "hours-not-early",
                    "period-amount",
                    "period-rate",
                    "period-month",
                    "period-terms",
                    "month-cap",
                    "charges-match-periods",
                    "given-back",
                    "option-given-back",
                    "transfer-billed",
                    "transfer-packs",
                    "invoice-lines",
                    "invoice-numbers",
                    "invoice-runs",
                    "invoice-tax",
                    "invoice-rounding",
                    "invoice-credits",
                    "invoice-voids",
                    "retaxed-charges",
                    "adjustments",
                    "late-fees",
                    "settlement-wholesale",
                    "settlement-prices",
                    "settlement-sums",
                    "tax-terms",
                    "tax-categories",
                    "tax-account",
                    "runs-without-gap",
                    "run-slices",
                    "slice-lease",
                    "audit-chain",
                    "history-guarded",
                    "no-foreign-grants",
                    "no-cross-schema")
            .map(Invariant::read)
            .toList();

    /** The invariants of the platform as a whole; checked within its schema. */
    static final List<Invariant> OF_THE_PLATFORM = Stream.of(
                    "schemas-alike", "tenant-has-schema", "executions-alive", "settlement-books", "reseller-rights")
            .map(Invariant::read)
            .toList();

    private static final String COMMENT = "-- ";

    private static Invariant read(String name) {
        var text = resource(name + ".sql");
        var end = text.indexOf('\n');
        if (!text.startsWith(COMMENT)) {
            throw new IllegalStateException(name + ".sql does not start with its explanation");
        }
        return new Invariant(name, text.substring(COMMENT.length(), end), text.substring(end + 1));
    }

    private static String resource(String name) {
        try (var file = Invariant.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
