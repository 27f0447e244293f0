package io.tenantry.admin.auditor;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A tenant with services in every state (running, changed, ended, free, month-old, paused and ordered), a wallet beyond its limit, runs and a
 * document.
 */
final class Fixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final BillingFixture billingFixture;
    final BillingFixture.Rented plain;
    final BillingFixture.Rented changed;
    final BillingFixture.Rented overdrawn;
    final BillingFixture.Rented old;
    final BillingFixture.Rented ended;
    final BillingFixture.Rented free;
    final BillingFixture.Rented waiting;
    final BillingFixture.Rented paused;

    Fixture(String slug) {
        billingFixture = new BillingFixture(slug, "USD", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        old = rent("100", "7.30", Instant.parse("2026-10-31T20:30:00Z"));
        plain = rent("100", "13.25", NOON);
        changed = rent("100", "7.30", NOON);
        overdrawn = rent("0.005", "7.30", NOON);
        ended = rent("100", "7.30", NOON);
        free = rent("1", "0", NOON);
        waiting = billingFixture.order(billingFixture.wallet("1"), billingFixture.price("7.30"));
        billingFixture.in(() -> new Reservations(
                        billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()))
                .hold(waiting.wallet(), waiting.service(), billingFixture.money("0.02"), Duration.ofHours(1)));
        paused = rent("100", "7.30", NOON);
        billingFixture.end(ended, NOON.plus(Duration.ofMinutes(5)));
        billingFixture.pause(paused, NOON.plus(Duration.ofMinutes(10)));
        billingFixture.resume(paused, NOON.plus(Duration.ofMinutes(70)));
        billingFixture.pause(paused, NOON.plus(Duration.ofMinutes(80)));
        billingFixture.change(changed, billingFixture.price("14.60"), NOON.plus(Duration.ofMinutes(90)));
        for (var hour = 1; hour <= 5; hour++) {
            billingFixture.clock.stopAt(NOON.plus(Duration.ofHours(hour)));
            billingFixture.charge(billingFixture.clock.instant());
            run(hour, "DONE");
        }
        run(6, "OPEN");
        var invoicingFixture = new InvoicingFixture(billingFixture);
        invoicingFixture.name(old.wallet());
        invoicingFixture.issue(old.wallet(), InvoicingFixture.OCTOBER);
        issued();
        billingFixture.in(() -> {
            AuditorFixture.trail().record("plan.published", "plan", UUID.randomUUID());
            AuditorFixture.trail().record("service.ordered", "service", plain.service());
            return true;
        });
    }

    private BillingFixture.Rented rent(String balance, String monthly, Instant at) {
        return billingFixture.rent(billingFixture.wallet(balance), billingFixture.price(monthly), at);
    }

    private void issued() {
        var tenant = billingFixture.tenant;
        Database.asOwner(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, node, fence,"
                        + " documents, lines, net, ended_at) select '" + tenant.value() + "', '" + tenant.role()
                        + "', '2026-10-01', period_to, period_to, 'DONE', 'one', 1, 1, 1, net, now() from "
                        + tenant.schema()
                        + ".invoice");
    }

    private void run(int hour, String state) {
        var tenant = billingFixture.tenant;
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
