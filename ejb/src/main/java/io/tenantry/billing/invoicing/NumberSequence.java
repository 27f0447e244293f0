package io.tenantry.billing.invoicing;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Number series of a kind of document in a year. A series is opened when it is first needed, with the pattern of that moment, and keeps its
 * format until its end. Its next number is stored in its row, and is taken under the row's lock by the issuing transaction: if that rolls back,
 * its numbers are returned.
 */
final class NumberSequence {
    private static final String OPEN = """
            insert into invoice_number_sequence (id, kind, year, prefix, digits, suffix, opened_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint invoice_number_sequence_once_uq do nothing
            """;

    private final Sql sql;
    private final Clock clock;

    NumberSequence(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Returns the series of a kind and year; opens it if there is none. */
    UUID of(DocumentKind kind, int year) {
        var known = find(kind, year);
        if (known.isPresent()) {
            return known.get();
        }
        var format = pattern(kind).in(year);
        sql.update(
                OPEN, Ids.next(clock), kind, year, format.prefix(), format.digits(), format.suffix(), clock.instant());
        return find(kind, year).orElseThrow();
    }

    private Optional<UUID> find(DocumentKind kind, int year) {
        return sql.first(
                "select id from invoice_number_sequence where kind = ? and year = ?",
                row -> row.uuid("id"),
                kind,
                year);
    }

    private NumberTemplate pattern(DocumentKind kind) {
        return sql.one(
                "select pattern from invoice_number_template where kind = ?",
                row -> new NumberTemplate(row.text("pattern")),
                kind);
    }
}
