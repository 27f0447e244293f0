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
                    "wallet-hourly-cost",
                    "wallet-balance-status",
                    "threshold-notified",
                    "reservation-of-service",
                    "reservation-ends",
                    "one-open-period",
                    "open-period-of-running-service",
                    "period-of-service",
                    "periods-contiguous",
                    "hours-of-ended-service",
                    "paused-hours",
                    "transition-has-work",
                    "pending-operation",
                    "addon-has-work",
                    "addon-price",
                    "addon-has-server",
                    "hours-charged",
                    "hours-not-early",
                    "period-amount",
                    "period-rate",
                    "period-month",
                    "period-cap",
                    "month-cap",
                    "charges-match-periods",
                    "outage-credit",
                    "addon-outage-credit",
                    "transfer-billed",
                    "transfer-packs",
                    "invoice-lines",
                    "invoice-numbers",
                    "invoice-runs",
                    "invoice-tax",
                    "invoice-rounding",
                    "invoice-payments",
                    "invoice-corrections",
                    "invoice-voids",
                    "tax-corrected-charges",
                    "adjustments",
                    "late-fees",
                    "settlement-wholesale",
                    "settlement-prices",
                    "settlement-sums",
                    "tax-treatments",
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
                    "schemas-identical",
                    "tenant-has-schema",
                    "job-executions-alive",
                    "settlement-ledger",
                    "reseller-privileges")
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
