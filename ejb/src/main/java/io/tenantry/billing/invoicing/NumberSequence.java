package io.tenantry.billing.invoicing;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * The numbers of a kind of document in a year. A series is opened when it is first needed, with the pattern of that moment, and
 * looks alike to its end. Its next number stands in its row, and is taken under the row's lock by whoever issues, in that transaction: one
 * that dies gives its numbers back.
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

    /** The series of a kind and year; opened if there is none. */
    UUID of(DocumentKind kind, int year) {
        var known = find(kind, year);
        if (known.isPresent()) {
            return known.get();
        }
        var look = pattern(kind).in(year);
        sql.update(OPEN, Ids.next(clock), kind, year, look.prefix(), look.digits(), look.suffix(), clock.instant());
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
