package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.ResellerGroups.Outcome;
import io.tenantry.settlement.ResellerGroups.Statement;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Resellers of a group are reported together, by their membership in the reported month. */
class ResellerGroupsTest {
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static SettlementFixture euro;
    private static SettlementFixture second;
    private static SettlementFixture dollar;
    private static ResellerGroups groups;

    @BeforeAll
    static void settleOctober() {
        euro = reseller("grouped-a", "EUR", "7.30", "3.65");
        second = reseller("grouped-b", "EUR", "14.60", "7.30");
        dollar = reseller("grouped-c", "USD", "7.30", "3.65");
        var billingFixture = euro.billingFixture;
        groups = new ResellerGroups(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                euro.accounts);
    }

    private static SettlementFixture reseller(String slug, String currency, String monthly, String wholesale) {
        var made = new SettlementFixture(slug, currency, "Europe/Berlin");
        made.billingFixture.clock.stopAt(Instant.parse("2026-10-10T12:20:00Z"));
        made.rent(made.price(monthly, wholesale), Instant.parse("2026-10-10T12:20:00Z"));
        made.billingFixture.charge(Instant.parse("2026-10-31T23:00:00Z"));
        return made;
    }

    private static Outcome put(SettlementFixture owner, @Nullable UUID group, YearMonth from) {
        return euro.platform(() -> groups.put(owner.billingFixture.tenant, group, from));
    }

    private static UUID create(String name) {
        assertThat(euro.platform(() -> groups.make(name))).isInstanceOf(Outcome.Done.class);
        return euro.platform(groups::all).stream()
                .filter(group -> group.name().equals(name.strip()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Statement statement(UUID group, YearMonth month) {
        return euro.platform(() -> groups.statements(month)).stream()
                .filter(one -> one.group().id().equals(group))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reportsAGroupTogetherAndKeepsSettledMonthsInIt() {
        var group = create(" Hafen Holding ");
        assertThat(put(euro, group, OCTOBER)).isInstanceOf(Outcome.Done.class);
        assertThat(put(second, group, OCTOBER)).isInstanceOf(Outcome.Done.class);
        assertThat(put(second, group, NOVEMBER)).isInstanceOf(Outcome.Unchanged.class);
        assertThat(statement(group, OCTOBER).unsettled())
                .containsExactly(euro.billingFixture.tenant, second.billingFixture.tenant);
        assertThat(statement(group, OCTOBER).sums()).isEmpty();

        List.of(euro, second, dollar).forEach(one -> one.settle(Instant.parse("2026-11-05T00:00:00Z")));
        assertThat(put(dollar, group, OCTOBER)).as("for the first time").isInstanceOf(Outcome.Done.class);

        var read = statement(group, OCTOBER);
        assertThat(read.unsettled()).isEmpty();
        assertThat(read.heads()).hasSize(3);
        assertThat(read.sums()).hasSize(2);
        // 515 hours: 5.15 and 10.30 of revenue, 2.58 and 5.15 wholesale
        assertThat(read.sums().get(0).revenue()).isEqualTo(euro.billingFixture.money("15.45"));
        assertThat(read.sums().get(0).total()).isEqualTo(euro.billingFixture.money("7.73"));
        assertThat(read.sums().get(0).open()).isEqualTo(euro.billingFixture.money("7.73"));
        assertThat(read.sums().get(0).margin()).isEqualTo(euro.billingFixture.money("7.72"));
        assertThat(read.sums().get(1).revenue()).isEqualTo(dollar.billingFixture.money("5.15"));

        assertThat(euro.pay("grouped", "2.58")).isTrue();
        assertThat(statement(group, OCTOBER).sums().get(0).open()).isEqualTo(euro.billingFixture.money("5.15"));

        assertThat(put(second, null, OCTOBER)).isEqualTo(new Outcome.Settled(OCTOBER));
        assertThat(put(second, null, NOVEMBER)).isInstanceOf(Outcome.Done.class);
        assertThat(statement(group, OCTOBER).heads()).hasSize(3);
        assertThat(statement(group, NOVEMBER).unsettled())
                .containsExactly(euro.billingFixture.tenant, dollar.billingFixture.tenant);
        assertThat(put(second, group, NOVEMBER)).as("the later row applies").isInstanceOf(Outcome.Done.class);
        assertThat(statement(group, NOVEMBER).unsettled()).hasSize(3);
    }

    @Test
    void rejectsDuplicateAndInvalidNames() {
        var group = create("Nordlicht");
        assertThat(euro.platform(() -> groups.make("NORDLICHT"))).isInstanceOf(Outcome.Taken.class);
        var other = create("Nordlicht Two");
        assertThat(euro.platform(() -> groups.rename(other, "nordlicht"))).isInstanceOf(Outcome.Taken.class);
        assertThat(euro.platform(() -> groups.rename(other, "Nordlicht Two"))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(euro.platform(() -> groups.rename(group, "NordLicht"))).isInstanceOf(Outcome.Done.class);
        assertThatThrownBy(() -> euro.platform(() -> groups.make("  "))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.platform(() -> groups.make("x".repeat(81))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.platform(() -> groups.rename(UUID.randomUUID(), "Nobody")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> euro.platform(() -> groups.put(new TenantId("nobody-there"), null, NOVEMBER)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> put(euro, UUID.randomUUID(), NOVEMBER)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void requiresOperatorPermissions() {
        var nobody = new Actor(Actor.Kind.OPERATOR, UUID.randomUUID(), "nobody");
        assertThatThrownBy(() -> as(nobody, groups::all)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(nobody, () -> groups.make("Mine"))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(nobody, () -> groups.put(euro.billingFixture.tenant, null, NOVEMBER)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> euro.billingFixture.in(() -> euro.billingFixture.sql.query(
                        "select name from platform.reseller_group", row -> row.text("name"))))
                .as("tenants cannot read groups")
                .hasStackTraceContaining("permission denied");
    }

    private static <T> T as(Actor actor, java.util.function.Supplier<T> action) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(Scope.PLATFORM, action);
        }
    }
}
