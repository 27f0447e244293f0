package io.tenantry.admin.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Handling of the auditor's findings. */
class AuditorTest {
    private static final Auditor AUDITOR = AuditorFixture.auditor();
    private static Fixture fixture;

    @BeforeAll
    static void openLedger() {
        fixture = new Fixture("parking");
    }

    @Test
    void parksAndReportsABrokenWalletUntilItIsRepaired() {
        var tenant = fixture.billingFixture.tenant;
        var wallet = fixture.plain.wallet();
        var clean = AuditorFixture.asSystem(() -> AUDITOR.runFor(tenant)).orElseThrow();
        assertThat(clean.failure()).isEmpty();
        assertThat(clean.isClean()).isTrue();
        assertThat(clean.invariants()).isEqualTo(60);

        change("balance = balance + 1", wallet);
        var report = AuditorFixture.asSystem(() -> AUDITOR.runFor(tenant)).orElseThrow();

        assertThat(report.violations()).isEqualTo(1);
        assertThat(AuditorFixture.asSystem(() -> AUDITOR.violations(report.id())))
                .singleElement()
                .satisfies(one -> assertThat(one.invariant()).isEqualTo("wallet-balance"))
                .satisfies(one -> assertThat(one.walletId()).contains(wallet));
        assertThat(AuditorFixture.asSystem(AUDITOR::latest))
                .filteredOn(one -> one.tenant().filter(tenant::equals).isPresent())
                .containsExactly(report);
        assertThat(parked(wallet)).isEqualTo("wallet-balance");
        assertThat(trail("wallet.parked")).isEqualTo("1");

        AuditorFixture.asSystem(() -> AUDITOR.runFor(tenant));
        assertThat(trail("wallet.parked")).as("parked once").isEqualTo("1");

        fixture.billingFixture.charge(Fixture.NOON.plus(Duration.ofHours(6)));
        Database.asOwner("update work.charging_run set state = 'DONE' where tenant = '" + tenant.value() + "'");
        assertThat(fixture.billingFixture.hours(fixture.plain)).isEqualTo(5);
        change("balance = balance - 1", wallet);
        AuditorFixture.asSystem(() -> {
            AUDITOR.release(tenant, wallet, "a planted unit was reversed");
            return true;
        });

        assertThat(parked(wallet)).isEqualTo("nobody");
        assertThat(fixture.billingFixture.hours(fixture.plain)).isEqualTo(6);
        assertThat(trail("wallet.released")).isEqualTo("1");
        assertThat(AuditorFixture.asSystem(() -> AUDITOR.runFor(tenant))
                        .orElseThrow()
                        .isClean())
                .isTrue();
    }

    @Test
    void refusesToReleaseAWalletThatIsNotParked() {
        assertThatThrownBy(() -> AuditorFixture.asSystem(() -> {
                    AUDITOR.release(fixture.billingFixture.tenant, UUID.randomUUID(), "no reason");
                    return true;
                }))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void allowsOnlyOperators() {
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        assertThatThrownBy(() -> Tenancy.in(Scope.PLATFORM, () -> {
                    try (var actorScope = Actors.enter(member)) {
                        return AUDITOR.run();
                    }
                }))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void skipsATenantThatAnotherNodeIsInspecting() {
        var tenant = fixture.billingFixture.tenant;
        var other = Database.in(Scope.audit(tenant), () -> {
            new io.tenantry.tenancy.Sql(Database.runtime())
                    .query(
                            "select pg_advisory_xact_lock(?, hashtext(current_schema()))",
                            row -> 0,
                            AdvisoryLock.AUDITOR.space());
            return java.util.concurrent.CompletableFuture.supplyAsync(
                            () -> AuditorFixture.asSystem(() -> AUDITOR.runFor(tenant)))
                    .join();
        });
        assertThat(other).isEmpty();
    }

    @Test
    void continuesWithOtherTenantsWhenOneCannotBeInspected() {
        var broken = new io.tenantry.tenancy.TenantId("unreadable");
        Database.tenant(broken, "EUR", "Europe/Berlin");
        Database.asOwner("alter table t_unreadable.wallet rename to purse");
        try {
            var reports = AuditorFixture.asSystem(AUDITOR::run);
            assertThat(reports)
                    .anySatisfy(one -> {
                        assertThat(one.tenant()).contains(broken);
                        assertThat(one.failure())
                                .hasValueSatisfying(why -> assertThat(why).contains("wallet"));
                    })
                    .anySatisfy(one -> {
                        assertThat(one.tenant()).contains(Database.AURORA);
                        assertThat(one.failure()).isEmpty();
                    });
            assertThat(AuditorFixture.asSystem(() -> AUDITOR.runUnlessSince(Duration.ofHours(1))))
                    .as("all others are fresh")
                    .noneMatch(
                            one -> one.tenant().filter(Database.AURORA::equals).isPresent())
                    .anyMatch(one -> one.tenant().filter(broken::equals).isPresent());
        } finally {
            Database.asOwner("alter table t_unreadable.purse rename to wallet");
        }
    }

    private static void change(String what, UUID wallet) {
        Database.asOwner("update t_parking.wallet set " + what + " where id = '" + wallet + "'");
    }

    private static String parked(UUID wallet) {
        return Database.texts("select coalesce(parked, 'nobody') from t_parking.wallet where id = '" + wallet + "'")
                .get(0);
    }

    private static String trail(String action) {
        return Database.texts("select count(*) from t_parking.audit_record where action = '" + action + "'")
                .get(0);
    }
}
