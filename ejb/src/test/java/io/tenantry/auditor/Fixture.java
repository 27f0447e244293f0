package io.tenantry.auditor;

import io.tenantry.charging.Books;
import io.tenantry.invoicing.Office;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Holds;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A tenant with a bit of everything: running, changed, ended, free, month-old, paused and ordered services, a wallet beyond its limit, runs, a document. */
final class Fixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Books books;
    final Books.Rented plain;
    final Books.Rented changed;
    final Books.Rented overdrawn;
    final Books.Rented old;
    final Books.Rented ended;
    final Books.Rented free;
    final Books.Rented waiting;
    final Books.Rented paused;

    Fixture(String slug) {
        books = new Books(slug, "USD", "Europe/Berlin");
        books.clock.stopAt(NOON);
        old = rent("100", "7.30", Instant.parse("2026-10-31T20:30:00Z"));
        plain = rent("100", "13.25", NOON);
        changed = rent("100", "7.30", NOON);
        overdrawn = rent("0.005", "7.30", NOON);
        ended = rent("100", "7.30", NOON);
        free = rent("1", "0", NOON);
        waiting = books.order(books.wallet("1"), books.price("7.30"));
        books.in(() -> new Holds(books.sql, books.clock)
                .hold(waiting.wallet(), waiting.service(), books.money("0.02"), Duration.ofHours(1)));
        paused = rent("100", "7.30", NOON);
        books.end(ended, NOON.plus(Duration.ofMinutes(5)));
        books.pause(paused, NOON.plus(Duration.ofMinutes(10)));
        books.resume(paused, NOON.plus(Duration.ofMinutes(70)));
        books.pause(paused, NOON.plus(Duration.ofMinutes(80)));
        books.change(changed, books.price("14.60"), NOON.plus(Duration.ofMinutes(90)));
        for (var hour = 1; hour <= 5; hour++) {
            books.clock.stopAt(NOON.plus(Duration.ofHours(hour)));
            books.charge(books.clock.instant());
            run(hour, "DONE");
        }
        run(6, "OPEN");
        var office = new Office(books);
        office.name(old.wallet());
        office.issue(old.wallet(), Office.OCTOBER);
        issued();
        books.in(() -> {
            Rig.trail().record("plan.published", "plan", UUID.randomUUID());
            Rig.trail().record("service.ordered", "service", plain.service());
            return true;
        });
    }

    private Books.Rented rent(String balance, String monthly, Instant at) {
        return books.rent(books.wallet(balance), books.price(monthly), at);
    }

    private void issued() {
        var tenant = books.tenant;
        Database.asOwner(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, node, fence,"
                        + " documents, lines, net, ended_at) select '" + tenant.value() + "', '" + tenant.role()
                        + "', '2026-10-01', period_to, period_to, 'DONE', 'one', 1, 1, 1, net, now() from "
                        + tenant.schema()
                        + ".invoice");
    }

    private void run(int hour, String state) {
        var tenant = books.tenant;
        Database.asOwner("insert into work.charging_run (tenant, tenant_role, until, state, slices) values ('"
                + tenant.value() + "', '" + tenant.role() + "', '" + NOON.plus(Duration.ofHours(hour)) + "', '" + state
                + "', 1)");
        if (state.equals("DONE")) {
            Database.asOwner("insert into work.charging_slice (run_id, tenant_role, no, wallets_planned, state, node,"
                    + " fence) select max(id), '" + tenant.role() + "', 0, 6, 'DONE', 'one', 1 from work.charging_run"
                    + " where tenant = '" + tenant.value() + "'");
        }
    }
}
